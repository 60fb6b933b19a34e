package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.TableName;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A piece of reading: a table nobody has looked at yet ({@code assembly} null), one of its ranges,
 * or the count of its rows.
 *
 * @param weight guess of its bytes
 * @param part which of the ranges, or {@link #COUNT}
 */
record DumpUnit(
    TableName name, long weight, @Nullable TableAssembly assembly, int part, KeyRange range) {

  private static final int COUNT = -1;

  /** Largest first; what is equal in name order, so that runs are alike. */
  static final Comparator<DumpUnit> LARGEST_FIRST =
      Comparator.comparingLong(DumpUnit::weight)
          .reversed()
          .thenComparing(DumpUnit::name)
          .thenComparingInt(DumpUnit::part);

  static DumpUnit table(TableName name, long weight) {
    return new DumpUnit(name, weight, null, 0, KeyRange.all());
  }

  static DumpUnit range(TableAssembly assembly, long weight, int part, KeyRange range) {
    return new DumpUnit(assembly.name(), weight, assembly, part, range);
  }

  static DumpUnit count(TableAssembly assembly, long weight) {
    return new DumpUnit(assembly.name(), weight, assembly, COUNT, KeyRange.all());
  }

  boolean isCount() {
    return part == COUNT;
  }
}
