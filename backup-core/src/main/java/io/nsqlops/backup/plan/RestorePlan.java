package io.nsqlops.backup.plan;

import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a restore will do, before it does anything.
 *
 * @param backupId which backup
 * @param tables to be loaded, and under which name
 * @param objects everything else that will be created
 * @param content DATA if rows go into tables that exist
 * @param source the server the backup is of
 */
public record RestorePlan(
    String backupId,
    List<TableRestore> tables,
    List<SchemaObject> objects,
    Content content,
    ServerInfo source) {

  /** A table and where it goes. */
  public record TableRestore(TableBackup source, TableName as) {}

  public RestorePlan {
    tables = List.copyOf(tables);
    objects = List.copyOf(objects);
  }

  /** The same with less. */
  public RestorePlan of(List<TableRestore> fewer, List<SchemaObject> fewerObjects) {
    return new RestorePlan(backupId, fewer, fewerObjects, content, source);
  }

  /** The same without some tables, views and sequences, and without triggers of such tables. */
  public RestorePlan without(Set<TableName> names) {
    return of(
        tables.stream().filter(t -> !names.contains(t.as())).toList(),
        objects.stream()
            .filter(o -> !(o.isRelation() && names.contains(o.qualifiedName())))
            .filter(o -> !names.contains(new TableName(o.database(), o.table())))
            .toList());
  }

  /**
   * Names exactly this restore: an unfinished one is gone on with only where backup, selection and
   * names are the same.
   */
  public String restoreId() {
    StringBuilder all = new StringBuilder();
    for (TableRestore table : tables) {
      all.append(table.source().table().name()).append('\n').append(table.as()).append('\n');
    }
    objects.forEach(o -> all.append(o).append('\n'));
    if (content != Content.ALL) {
      all.append(content);
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(all.toString().getBytes(StandardCharsets.UTF_8));
      return backupId + "/" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The backup that a {@link #restoreId} is about. */
  public static String backupIdOf(String restoreId) {
    int slash = restoreId.indexOf('/');
    return slash < 0 ? restoreId : restoreId.substring(0, slash);
  }

  public List<SchemaObject> objects(Kind kind) {
    return objects.stream().filter(o -> o.kind() == kind).toList();
  }

  /** One kind after the other. */
  public List<SchemaObject> objects(List<Kind> kinds) {
    return kinds.stream().flatMap(k -> objects(k).stream()).toList();
  }

  public long bytes() {
    return tables.stream().mapToLong(t -> t.source().bytes()).sum();
  }

  public long rows() {
    return tables.stream().mapToLong(t -> t.source().rows()).sum();
  }

  /** The plan for people, a line a step. */
  public List<String> describe() {
    return describe(List.of(), Set.of());
  }

  /**
   * The same where the target is known.
   *
   * @param first what comes before all else, a line a step
   * @param replacedAccounts names of accounts that take the place of one in the target
   */
  public List<String> describe(List<String> first, Set<String> replacedAccounts) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "restore of backup "
            + backupId
            + (content == Content.ALL ? "" : ", " + content.text() + " only"));
    lines.addAll(first);
    for (Kind kind : List.of(Kind.DATABASE, Kind.SEQUENCE)) {
      objects(kind).forEach(o -> lines.add("create " + o));
    }
    for (TableRestore table : tables) {
      TableName from = table.source().table().name();
      String renamed = from.equals(table.as()) ? "" : " as " + table.as();
      lines.add(
          "load table %s%s: %s, %s, %s"
              .formatted(
                  from,
                  renamed,
                  count(table.source().rows(), "row"),
                  count(table.source().bytes(), "byte"),
                  count(table.source().chunks().size(), "chunk")));
    }
    for (Kind kind : Kind.AFTER_ROWS) {
      if (kind != Kind.GRANTS) {
        objects(kind)
            .forEach(
                o -> {
                  boolean replaced = kind == Kind.ACCOUNT && replacedAccounts.contains(o.name());
                  lines.add((replaced ? "replace " : "create ") + o);
                });
      }
    }
    if (!objects(Kind.GRANTS).isEmpty()) {
      lines.add("grant what " + objects(Kind.GRANTS).size() + " of the accounts may do");
    }
    return lines;
  }

  private static String count(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
