package io.nsqlops.logs.tail;

import io.nsqlops.logs.ack.AckedRanges;
import io.nsqlops.logs.model.ByteRange;
import io.nsqlops.logs.model.FileRecord;
import io.nsqlops.logs.model.Suffix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How far a content was read, and which bytes of it are known to have been delivered. */
final class Progress {
  private final AckedRanges acked;
  private final TreeSet<Long> cuts;
  private final RememberedEnd end;
  private long position;
  private boolean settled;

  /** What is before the offset is dealt with. */
  Progress(long from) {
    acked = new AckedRanges(from, List.of());
    cuts = new TreeSet<>();
    end = new RememberedEnd(Suffix.NONE, 0);
    position = from;
  }

  Progress(FileRecord record) {
    acked = new AckedRanges(record.watermark(), record.islands());
    cuts = new TreeSet<>(record.cuts());
    end = new RememberedEnd(record.suffix(), record.watermark());
    position = record.watermark();
  }

  /** Every byte below this one is acknowledged. */
  long watermark() {
    return acked.watermark();
  }

  List<ByteRange> islands() {
    return acked.islands();
  }

  /** The offsets above the watermark at which an event was ended by a time-out. */
  List<Long> cutsAhead() {
    return List.copyOf(cuts.tailSet(acked.watermark(), false));
  }

  /**
   * What the content before the watermark ends with.
   *
   * @param open where it can be looked at; null if nowhere
   */
  Suffix suffix(@Nullable OpenFile open) {
    return end.before(acked.watermark(), open);
  }

  /** Whether something is acknowledged, and records of earlier programs do not say how it ends. */
  boolean wantsSuffix() {
    return end.isUnknown() && acked.watermark() > 0;
  }

  /**
   * Whether a plain file has at its place what the content is remembered to hold there.
   *
   * @throws IOException if it cannot be read
   */
  boolean endsAsRemembered(Path plain) throws IOException {
    return end.isIn(plain);
  }

  /** Offset of the next byte to read. */
  long position() {
    return position;
  }

  /** Returns whether it was settled and is so no longer. */
  boolean moveTo(long newPosition) {
    boolean unsettled = settled && newPosition != position;
    settled &= !unsettled;
    position = newPosition;
    return unsettled;
  }

  /** Goes back to what is acknowledged: what was read behind that will be read again. */
  void goBack() {
    position = acked.watermark();
  }

  /** Goes on to what is acknowledged, if that is further than was read. */
  void catchUp() {
    position = Math.max(position, acked.watermark());
  }

  void acknowledge(long from, long to) {
    acked.add(from, to);
  }

  /** Whether an acknowledged event begins at this offset, behind one that is not. */
  boolean isDelivered(long offset) {
    return !acked.isContiguous() && acked.contains(offset);
  }

  /** Whether everything read has been acknowledged. */
  boolean isAcknowledged() {
    return acked.watermark() >= position;
  }

  void cut(long offset) {
    cuts.headSet(acked.watermark(), true).clear();
    cuts.add(offset);
  }

  boolean isCut(long offset) {
    return !cuts.isEmpty() && cuts.contains(offset);
  }

  /** Returns whether it was not settled before. */
  boolean settle() {
    boolean news = !settled;
    settled = true;
    return news;
  }

  /** Whether all there is was acknowledged and nothing more is expected. */
  boolean isSettled() {
    return settled;
  }
}
