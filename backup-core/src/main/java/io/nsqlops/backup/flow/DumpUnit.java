package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.TableName;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A piece of reading: a table nobody has looked at yet ({@code assembly} null), or one of its
 * ranges.
 *
 * @param weight guess of its bytes
 */
record DumpUnit(
    TableName name, long weight, @Nullable TableAssembly assembly, int part, KeyRange range) {

  /** Largest first; what is equal in name order, so that runs are alike. */
  static final Comparator<DumpUnit> LARGEST_FIRST =
      Comparator.comparingLong(DumpUnit::weight)
          .reversed()
          .thenComparing(DumpUnit::name)
          .thenComparingInt(DumpUnit::part);

  static DumpUnit table(TableName name, long weight) {
    return new DumpUnit(name, weight, null, 0, KeyRange.all());
  }
}
