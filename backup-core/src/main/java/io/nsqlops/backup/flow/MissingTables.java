package io.nsqlops.backup.flow;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.RestorePlan.TableRestore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tables that a restore has to do without, and why. One that the target does not take, or whose
 * rows are damaged, does not keep all others from being there. Used by several threads.
 */
final class MissingTables {
  /** Failures of one table alone. */
  private static final Set<ErrorKind> OF_A_TABLE =
      EnumSet.of(ErrorKind.PARTIAL, ErrorKind.VERIFICATION_FAILED);

  private final Map<TableName, RestoreFlow.Missing> missing = new TreeMap<>();

  /** Does without the table, or throws the failure again if others would meet it too. */
  synchronized void add(TableRestore table, OpsException failure) {
    if (!OF_A_TABLE.contains(failure.kind())) {
      throw failure;
    }
    missing.putIfAbsent(
        table.as(), new RestoreFlow.Missing(table.source().table().name(), table.as(), failure));
  }

  /** A plan without these tables and what cannot be without them. */
  synchronized RestorePlan leftOf(RestorePlan plan) {
    return plan.without(missing.keySet());
  }

  synchronized List<RestoreFlow.Missing> all() {
    return new ArrayList<>(missing.values());
  }
}
