package io.nsqlops.logs.model;

/**
 * What the file system calls a file.
 *
 * @param birth nanoseconds since 1970 at which the inode was created, 0 where unknown
 */
public record FileKey(long device, long inode, long birth) {
  /** Whether both may be the same file: an unknown birth contradicts nothing. */
  public boolean mayBe(FileKey other) {
    return device == other.device && sameInode(other);
  }

  /** As {@link #mayBe}, for a device that may have been given another number by a reboot. */
  public boolean sameInode(FileKey other) {
    return inode == other.inode && (birth == 0 || other.birth == 0 || birth == other.birth);
  }
}
