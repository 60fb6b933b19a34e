package io.nsqlops.logs.sink;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters that were there when this was opened, in the order they were kept.
 *
 * <p>A shipper may keep more meanwhile: those are not seen, and not harmed.
 */
public interface KeptLetters extends AutoCloseable {
  /**
   * A letter and where it is.
   *
   * @param place tells this letter from every other
   * @param size bytes it takes
   * @param keptAt when it was kept; null if that cannot be read
   */
  record Kept(long place, long size, @Nullable Instant keptAt, DeadLetter letter) {}

  /**
   * The next letter; empty at the end.
   *
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  Optional<Kept> next();

  /** How many entries were passed over because they cannot be read as letters. They stay. */
  long unreadable();

  /**
   * Ends letters that were sent again. When this returns none of them is met again, whatever
   * happens to process or machine; if it is killed in the middle, all of them may be, and those
   * refused again may be there twice.
   *
   * @param sent what was sent
   * @param refused which of them were refused again, kept anew with the new reason
   * @throws java.io.UncheckedIOException if that cannot be kept now
   */
  void settle(List<Kept> sent, List<DeadLetter> refused);

  /**
   * Gives the room of ended letters back.
   *
   * @throws java.io.UncheckedIOException if that fails; no letter is lost by it
   */
  @Override
  void close();
}
