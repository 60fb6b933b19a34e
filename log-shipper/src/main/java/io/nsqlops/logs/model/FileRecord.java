package io.nsqlops.logs.model;

import java.util.List;

/**
 * What is remembered of one generation of a file across restarts.
 *
 * @param generation identity of the content: rotation and compression keep it, truncation ends it
 * @param path where the file was last seen
 * @param key what the file system called it
 * @param prefix how its content begins
 * @param watermark every byte below it is acknowledged
 * @param islands acknowledged ranges above the watermark
 * @param cuts offsets above the watermark at which an event was ended by a time-out; reading again
 *     must end it there too
 * @param finished whether its end was reached and it can grow no more
 * @param format the line format that was detected, empty while unknown
 * @param formatFrom offset of the first line taken as of that format
 * @param missed whether it was told that no path leads to it any more
 * @param suffix what the content before the watermark ends with, as far as that is known
 */
public record FileRecord(
    long generation,
    String path,
    FileKey key,
    Prefix prefix,
    long watermark,
    List<ByteRange> islands,
    List<Long> cuts,
    boolean finished,
    String format,
    long formatFrom,
    boolean missed,
    Suffix suffix) {
  public FileRecord {
    islands = List.copyOf(islands);
    cuts = List.copyOf(cuts);
  }
}
