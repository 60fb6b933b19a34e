package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where two states of a table part: the smallest range of keys that holds every differing chunk.
 *
 * @param what for people
 */
public record Difference(TableName table, KeyRange range, String what) {

  /** Compares by digests alone; empty if all rows are equal. */
  static Optional<Difference> between(TableName name, TableBackup expected, TableBackup actual) {
    if (!expected.table().keyed() || !actual.table().keyed()) {
      boolean equal =
          expected.rows() == actual.rows() && expected.rowsDigest().equals(actual.rowsDigest());
      return equal ? Optional.empty() : Optional.of(whole(name, expected, actual));
    }
    List<ChunkRef> left = expected.chunks();
    List<ChunkRef> right = actual.chunks();
    int head = 0;
    while (head < Math.min(left.size(), right.size()) && same(left.get(head), right.get(head))) {
      head++;
    }
    if (head == left.size() && head == right.size()) {
      return Optional.empty();
    }
    int tail = 0;
    while (tail < Math.min(left.size(), right.size()) - head
        && same(left.get(left.size() - 1 - tail), right.get(right.size() - 1 - tail))) {
      tail++;
    }
    // the last equal chunk in front and the last differing one bound the range
    RawText after = head == 0 ? null : left.get(head - 1).last();
    RawText upTo = tail == 0 ? null : endBefore(left, right, tail);
    return Optional.of(new Difference(name, new KeyRange(after, upTo), counts(expected, actual)));
  }

  private static @Nullable RawText endBefore(List<ChunkRef> left, List<ChunkRef> right, int tail) {
    // both lists go on equal behind this point, so either end bounds both unless one is empty there
    int inLeft = left.size() - 1 - tail;
    int inRight = right.size() - 1 - tail;
    RawText a = inLeft < 0 ? null : left.get(inLeft).last();
    RawText b = inRight < 0 ? null : right.get(inRight).last();
    if (a != null && a.equals(b)) {
      return a;
    }
    return left.get(left.size() - tail).last();
  }

  private static Difference whole(TableName name, TableBackup expected, TableBackup actual) {
    return new Difference(name, KeyRange.all(), counts(expected, actual));
  }

  private static String counts(TableBackup expected, TableBackup actual) {
    Set<String> known = expected.chunks().stream().map(ChunkRef::id).collect(Collectors.toSet());
    long other = actual.chunks().stream().filter(c -> !known.contains(c.id())).count();
    return "%d rows instead of %d, %d of %d chunks differ"
        .formatted(actual.rows(), expected.rows(), other, actual.chunks().size());
  }

  private static boolean same(ChunkRef a, ChunkRef b) {
    return a.id().equals(b.id());
  }

  @Override
  public String toString() {
    return "%s, keys %s: %s".formatted(table, range, what);
  }
}
