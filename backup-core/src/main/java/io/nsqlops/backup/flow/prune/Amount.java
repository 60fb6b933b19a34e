package io.nsqlops.backup.flow.prune;

/**
 * So many objects of so many bytes.
 *
 * @param bytes as stored
 */
public record Amount(long objects, long bytes) {
  public static final Amount NONE = new Amount(0, 0);

  public Amount plus(long moreObjects, long moreBytes) {
    return new Amount(objects + moreObjects, bytes + moreBytes);
  }

  public Amount plus(Amount more) {
    return plus(more.objects, more.bytes);
  }
}
