package io.nsqlops.logs.sink;

/** Keeps documents that were refused for good. */
public interface DeadLetters extends AutoCloseable {
  /**
   * Keeps letters. When this returns they survive a crash of the machine.
   *
   * @throws java.io.UncheckedIOException if they cannot be kept now, for example because the disk
   *     is full; none of them counts as kept then
   */
  void keep(Iterable<DeadLetter> letters);

  @Override
  void close();
}
