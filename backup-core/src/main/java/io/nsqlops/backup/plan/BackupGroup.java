package io.nsqlops.backup.plan;

import io.nsqlops.backup.model.RowFilter;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import java.util.Comparator;
import java.util.List;

/**
 * Backups that may stand in for each other: retention counts those of each group by themselves. A
 * backup of a part never takes the place of one of the whole, nor of one of another part.
 *
 * @param server the address of the server they are of, empty for all servers
 * @param scope what they hold of it, one line a restriction, whatever order it was given in
 */
public record BackupGroup(String server, List<String> scope) {
  public BackupGroup {
    scope = List.copyOf(scope);
  }

  public static BackupGroup of(String server, Scope scope) {
    Selection selection =
        new Selection(
            scope.selection().include().stream().distinct().sorted().toList(),
            scope.selection().exclude().stream().distinct().sorted().toList());
    RowFilter filter =
        new RowFilter(
            scope.filter().conditions().stream()
                .distinct()
                .sorted(
                    Comparator.comparing(RowFilter.Condition::tables)
                        .thenComparing(RowFilter.Condition::sql))
                .toList());
    return new BackupGroup(server, new Scope(selection, filter, scope.content()).describe());
  }
}
