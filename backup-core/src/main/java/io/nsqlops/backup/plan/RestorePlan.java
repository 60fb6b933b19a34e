package io.nsqlops.backup.plan;

import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a restore will do, before it does anything.
 *
 * @param backupId which backup
 * @param tables to be loaded, and under which name
 * @param objects everything else that will be created
 */
public record RestorePlan(String backupId, List<TableRestore> tables, List<SchemaObject> objects) {

  /** A table and where it goes. */
  public record TableRestore(TableBackup source, TableName as) {}

  public RestorePlan {
    tables = List.copyOf(tables);
    objects = List.copyOf(objects);
  }

  public List<SchemaObject> objects(Kind kind) {
    return objects.stream().filter(o -> o.kind() == kind).toList();
  }

  public long bytes() {
    return tables.stream().mapToLong(t -> t.source().bytes()).sum();
  }

  public long rows() {
    return tables.stream().mapToLong(t -> t.source().rows()).sum();
  }

  /** The plan for people, a line a step. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add("restore of backup " + backupId);
    for (Kind kind : List.of(Kind.DATABASE, Kind.SEQUENCE)) {
      objects(kind).forEach(o -> lines.add("create " + o));
    }
    for (TableRestore table : tables) {
      TableName from = table.source().table().name();
      String renamed = from.equals(table.as()) ? "" : " as " + table.as();
      lines.add(
          String.format(
              Locale.ROOT,
              "load table %s%s: %,d rows, %,d bytes, %,d chunks",
              from,
              renamed,
              table.source().rows(),
              table.source().bytes(),
              table.source().chunks().size()));
    }
    for (Kind kind : Kind.AFTER_ROWS) {
      objects(kind).forEach(o -> lines.add("create " + o));
    }
    return lines;
  }
}
