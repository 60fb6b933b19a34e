package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where two states of a table part.
 *
 * @param runs ranges of keys, in order, that hold every differing chunk
 * @param what for people
 */
public record Difference(TableName table, List<KeyRange> runs, String what) {
  public Difference {
    runs = List.copyOf(runs);
  }

  /** Compares by digests alone; empty if all rows are equal. */
  static Optional<Difference> between(TableName name, TableBackup expected, TableBackup actual) {
    if (!expected.table().keyed() || !actual.table().keyed()) {
      boolean equal =
          expected.rows() == actual.rows() && expected.rowsDigest().equals(actual.rowsDigest());
      return equal ? Optional.empty() : Optional.of(whole(name, expected, actual));
    }
    List<KeyRange> runs = runs(expected.chunks(), actual.chunks());
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(new Difference(name, runs, counts(expected, actual)));
  }

  /** The ranges between chunks that both sides have, where either side has others. */
  private static List<KeyRange> runs(List<ChunkRef> left, List<ChunkRef> right) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < right.size(); i++) {
      places.put(right.get(i).id(), i);
    }
    List<KeyRange> runs = new ArrayList<>();
    RawText after = null;
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      int common = i;
      while (common < left.size() && places.getOrDefault(left.get(common).id(), -1) < j) {
        common++;
      }
      if (common == left.size()) {
        runs.add(new KeyRange(after, null));
        return runs;
      }
      int place = places.getOrDefault(left.get(common).id(), j);
      if (common > i || place > j) {
        runs.add(new KeyRange(after, end(left, i, common, right, j, place)));
      }
      after = left.get(common).last();
      i = common + 1;
      j = place + 1;
    }
    return runs;
  }

  /** Where a run ends on both sides, or the common chunk behind it does. */
  private static @Nullable RawText end(
      List<ChunkRef> left, int i, int common, List<ChunkRef> right, int j, int place) {
    RawText a = common == i ? null : left.get(common - 1).last();
    RawText b = place == j ? null : right.get(place - 1).last();
    return a != null && a.equals(b) ? a : left.get(common).last();
  }

  /** From the first run to the last. */
  public KeyRange range() {
    return new KeyRange(runs.get(0).after(), runs.get(runs.size() - 1).upTo());
  }

  private static Difference whole(TableName name, TableBackup expected, TableBackup actual) {
    return new Difference(name, List.of(KeyRange.all()), counts(expected, actual));
  }

  private static String counts(TableBackup expected, TableBackup actual) {
    Set<String> known = expected.chunks().stream().map(ChunkRef::id).collect(Collectors.toSet());
    long other = actual.chunks().stream().filter(c -> !known.contains(c.id())).count();
    return "%d rows instead of %d, %d of %d chunks differ"
        .formatted(actual.rows(), expected.rows(), other, actual.chunks().size());
  }

  @Override
  public String toString() {
    return "%s, keys %s: %s".formatted(table, range(), what);
  }
}
