package io.nsqlops.cli.output;

import io.nsqlops.backup.codec.ScopeJson;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a backup is shown. */
public final class BackupView {
  private BackupView() {}

  /** The fields every command shows a backup by; they are a promise. */
  public static ObjectNode json(Manifest manifest, String repository) {
    Manifest.Totals totals = manifest.totals();
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("id", manifest.id())
        .put("engine", manifest.server().engine())
        .put("serverVersion", manifest.server().version())
        .put("server", manifest.server().address())
        .put("snapshot", manifest.snapshot().position())
        .put("snapshotTime", manifest.snapshot().time().toString())
        .put("started", manifest.started().toString())
        .put("finished", manifest.finished().toString())
        .put("tables", totals.tables())
        .put("rows", totals.rows())
        .put("bytes", totals.bytes())
        .put("storedBytes", totals.storedBytes())
        .put("newBytes", totals.newBytes())
        .put("chunks", totals.chunks())
        .put("newChunks", totals.newChunks());
    ObjectNode tags = json.putObject("tags");
    new TreeMap<>(manifest.tags()).forEach(tags::put);
    ArrayNode warnings = json.putArray("warnings");
    manifest.warnings().forEach(warnings::add);
    json.set("scope", ScopeJson.write(manifest.scope()));
    json.put("partial", manifest.scope().isPartial());
    return json.put("repository", repository);
  }

  /** A paragraph. */
  public static List<String> text(Manifest manifest) {
    Manifest.Totals totals = manifest.totals();
    Duration took = Duration.between(manifest.started(), manifest.finished());
    List<String> lines = new ArrayList<>();
    lines.add("backup    " + manifest.id());
    lines.add(
        "server    "
            + manifest.server().address()
            + " ("
            + manifest.server().engine()
            + " "
            + manifest.server().version()
            + ")");
    lines.add(
        "snapshot  "
            + manifest.snapshot().position()
            + " at "
            + Units.time(manifest.snapshot().time()));
    lines.add(
        "content   "
            + Units.count(totals.tables(), "table")
            + ", "
            + Units.count(totals.rows(), "row")
            + ", "
            + Units.bytes(totals.bytes()));
    lines.add(
        "stored    "
            + Units.bytes(totals.storedBytes())
            + " in "
            + Units.count(totals.chunks(), "chunk")
            + "; new "
            + Units.bytes(totals.newBytes())
            + " in "
            + Units.count(totals.newChunks(), "chunk"));
    manifest.scope().describe().forEach(l -> lines.add("scope     " + l));
    lines.add("took      " + Units.duration(took) + speed(totals.bytes(), took));
    if (!manifest.tags().isEmpty()) {
      lines.add("tags      " + tags(manifest.tags()));
    }
    return lines;
  }

  private static String speed(long bytes, Duration took) {
    double seconds = took.toMillis() / 1000.0;
    return seconds < 0.1 ? "" : " (" + Units.bytes((long) (bytes / seconds)) + "/s)";
  }

  /**
   * One line each.
   *
   * @param pinned ids of backups that no prune removes
   */
  public static List<String> table(List<Manifest> manifests, Set<String> pinned) {
    TextTable table =
        new TextTable(
            "ID",
            "FINISHED",
            "ENGINE",
            ">TABLES",
            ">ROWS",
            ">SIZE",
            ">STORED",
            ">NEW",
            "SCOPE",
            "TAGS");
    for (Manifest manifest : manifests) {
      Manifest.Totals totals = manifest.totals();
      table.row(
          manifest.id(),
          Units.time(manifest.finished()),
          manifest.server().engine().toLowerCase(Locale.ROOT),
          Units.count(totals.tables()),
          Units.count(totals.rows()),
          Units.bytes(totals.bytes()),
          Units.bytes(totals.storedBytes()),
          Units.bytes(totals.newBytes()),
          scope(manifest.scope()),
          (tags(manifest.tags()) + (pinned.contains(manifest.id()) ? " (pinned)" : "")).strip());
    }
    return table.lines();
  }

  /** In a word. */
  private static String scope(Scope scope) {
    if (scope.content() != Content.ALL) {
      return scope.content().text() + " only";
    }
    if (!scope.filter().conditions().isEmpty()) {
      return "some rows";
    }
    return scope.selection().isAll() ? "all" : "selected";
  }

  private static String tags(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(t -> t.getKey() + "=" + t.getValue())
            .collect(Collectors.joining(" "));
  }
}
