package io.nsqlops.backup.flow;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan.TableRestore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tables that a restore has to do without, and why: a few that the target does not take do not keep
 * all others from being there. Used by several threads.
 */
final class MissingTables {
  /** With so many, it is not the tables. */
  private static final int MOST = 100;

  private final ErrorKind ofTheTable;
  private final Progress progress;
  private final Map<TableName, RestoreFlow.Missing> missing = new TreeMap<>();

  /**
   * None is missing yet.
   *
   * @param ofTheTable the kind of failure that is one table's own
   */
  MissingTables(ErrorKind ofTheTable, Progress progress) {
    this.ofTheTable = ofTheTable;
    this.progress = progress;
  }

  /** Does without the table, or throws the failure again if others would meet it too. */
  synchronized void add(TableRestore table, OpsException failure) {
    if (failure.kind() != ofTheTable || missing.size() == MOST) {
      throw failure;
    }
    TableName source = table.source().table().name();
    RestoreFlow.Missing first =
        missing.putIfAbsent(table.as(), new RestoreFlow.Missing(source, table.as(), failure));
    if (first == null) {
      progress.warning("not restored: " + table.as() + ": " + failure.getMessage());
    }
  }

  synchronized Set<TableName> names() {
    return Set.copyOf(missing.keySet());
  }

  synchronized List<RestoreFlow.Missing> all() {
    return new ArrayList<>(missing.values());
  }

  /**
   * Ends a restore that lacks some: what has landed of them stays noted, so that it can go on.
   *
   * @throws OpsException that names them
   */
  void requireNone() {
    List<RestoreFlow.Missing> all = all();
    if (all.isEmpty()) {
      return;
    }
    OpsException first = all.get(0).cause();
    String why =
        all.stream()
            .map(m -> m.as() + ": " + m.cause().getMessage())
            .collect(Collectors.joining("; "));
    throw new OpsException(
        first.kind(),
        all.get(0).as().toString(),
        "all is restored but the rows of "
            + all.size()
            + (all.size() == 1 ? " table" : " tables")
            + ": "
            + why,
        first.hint() + "; then run the same command again, which goes on where this one was",
        first);
  }
}
