package io.nsqlops.logs.parse;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.LineRole;

/**
 * One line format: recognises its lines and writes their fields.
 *
 * <p>No method throws, whatever the bytes: a text that cannot be parsed is written whole as {@code
 * message} and tagged. An instance belongs to one file and is used by one thread.
 */
public interface LineFormat {
  /** The name used in the configuration and in checkpoints. */
  String name();

  /** The dataset of the data stream, unless the configuration names another. */
  String dataset();

  /** The dataset of an event: there are files that events of several belong in. */
  default String dataset(byte[] text, int from, int to) {
    return dataset();
  }

  /** What a line is to the events around it. */
  LineRole role(byte[] text, int from, int to);

  /**
   * Whether a line that continues an event continues this one: the lines of an event may have to
   * agree in more than a line shows by itself. One that does not begins an event of its own.
   *
   * @param event the event's lines so far, from 0 to {@code size}
   */
  default boolean continues(byte[] event, int size, byte[] text, int from, int to) {
    return true;
  }

  /** Whether a line of unknown origin is certainly of this format. */
  default boolean recognises(byte[] text, int from, int to) {
    return role(text, from, to) != LineRole.CONTINUES;
  }

  /**
   * Whether a line shows that the event before it, which is the first of its file and which another
   * format recognised, is of this one.
   *
   * @param event the event's lines so far, from 0 to {@code size}
   */
  default boolean claims(byte[] event, int size, byte[] text, int from, int to) {
    return false;
  }

  /** Whether its times are local ones that carry no zone, as far as its lines have shown. */
  default boolean timesLackZone() {
    return false;
  }

  /**
   * Tells what is known of when the lines that are read next were written, in seconds since 1970:
   * for times that leave out the day. Nothing else of a document may depend on it, as lines are
   * read again after a restart.
   *
   * @param after they were not there yet; -1 if that is not known
   * @param by they were there; -1 if that is not known
   */
  default void written(long after, long by) {}

  /** Writes the fields of an event, which may span lines. */
  void parse(byte[] text, int from, int to, EcsDocument document);
}
