package io.nsqlops.cli.output;

import io.nsqlops.backup.flow.Rehearsal;
import io.nsqlops.backup.flow.RestoreFlow;
import io.nsqlops.backup.plan.RestorePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a restore, and the plan of one, is shown. */
public final class RestoreView {
  private RestoreView() {}

  public static ObjectNode json(RestoreFlow.Report report, String target) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("id", report.id())
        .put("target", target)
        .put("tables", report.tables())
        .put("rows", report.rows())
        .put("bytes", report.bytes())
        .put("verified", report.verified());
    ArrayNode missing = json.putArray("missing");
    for (RestoreFlow.Missing table : report.missing()) {
      missing
          .addObject()
          .put("table", table.source().toString())
          .put("as", table.as().toString())
          .put("reason", table.cause().getMessage());
    }
    put(json, "warnings", report.warnings());
    json.put("accounts", report.accounts().made());
    put(json, "accountsLeft", report.accounts().left());
    put(json, "grantsLeftOut", report.accounts().idle());
    return json;
  }

  /** A few lines. */
  public static List<String> text(RestoreFlow.Report report, String target, Duration took) {
    List<String> lines = new ArrayList<>();
    lines.add("restored  " + report.id() + " into " + target);
    lines.add(
        "content   "
            + Units.count(report.tables(), "table")
            + ", "
            + Units.count(report.rows(), "row")
            + ", "
            + Units.bytes(report.bytes()));
    report.missing().forEach(m -> lines.add("missing   " + m.as()));
    addAccounts(lines, report.accounts());
    lines.add("verified  " + verified(report));
    lines.add("took      " + Units.duration(took));
    return lines;
  }

  /** Nothing if none were asked for. */
  private static void addAccounts(List<String> lines, RestoreFlow.AccountReport accounts) {
    if (accounts.made() > 0 || !accounts.left().isEmpty()) {
      lines.add(
          "accounts  "
              + Units.count(accounts.made())
              + " made"
              + (accounts.left().isEmpty()
                  ? ""
                  : "; left as they are: " + String.join(", ", accounts.left())));
    }
    accounts.idle().forEach(i -> lines.add("grants    " + i));
  }

  private static String verified(RestoreFlow.Report report) {
    if (report.verified() == 0) {
      return "nothing was read back" + (report.rows() == 0 ? ": there are no rows" : "");
    }
    return report.verified() == report.rows()
        ? "all rows"
            + (report.missing().isEmpty() ? "" : " that are there")
            + " were read back and are equal"
        : Units.count(report.verified(), "row") + " were read back and are equal";
  }

  /** The plan, what it would do to a target, and what that says to it. */
  public static ObjectNode json(Rehearsal rehearsal) {
    ObjectNode json = json(rehearsal.plan());
    ArrayNode removals = json.putArray("drops");
    for (Rehearsal.Removal removal : rehearsal.removals()) {
      removals
          .addObject()
          .put("kind", removal.kind())
          .put("database", removal.database())
          .put("name", removal.name());
    }
    put(json, "accountsMade", rehearsal.newAccounts());
    put(json, "accountsReplaced", new TreeSet<>(rehearsal.replacedAccounts()));
    put(json, "accountsLeft", new TreeSet<>(rehearsal.leftAccounts()));
    put(json, "problems", rehearsal.said().problems());
    put(json, "notes", rehearsal.said().notes());
    return json;
  }

  private static void put(ObjectNode json, String key, Collection<String> values) {
    ArrayNode array = json.putArray(key);
    values.forEach(array::add);
  }

  /** The same as lines. */
  public static List<String> text(Rehearsal rehearsal) {
    List<String> removals = rehearsal.removals().stream().map(Rehearsal.Removal::toString).toList();
    List<String> lines =
        new ArrayList<>(rehearsal.plan().describe(removals, rehearsal.replacedAccounts()));
    new TreeSet<>(rehearsal.leftAccounts()).forEach(a -> lines.add("leave account " + a));
    rehearsal.said().problems().forEach(p -> lines.add("problem: " + p));
    rehearsal.said().notes().forEach(n -> lines.add("note: " + n));
    return lines;
  }

  /** The same fields as a restore, as far as a plan has them, and the plan itself. */
  public static ObjectNode json(RestorePlan plan) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("id", plan.backupId())
        .put("dryRun", true)
        .put("tables", plan.tables().size())
        .put("rows", plan.rows())
        .put("bytes", plan.bytes());
    ArrayNode loads = json.putArray("loads");
    for (RestorePlan.TableRestore table : plan.tables()) {
      loads
          .addObject()
          .put("table", table.source().table().name().toString())
          .put("as", table.as().toString())
          .put("rows", table.source().rows())
          .put("bytes", table.source().bytes())
          .put("chunks", table.source().chunks().size());
    }
    ArrayNode creates = json.putArray("creates");
    plan.objects()
        .forEach(
            o ->
                creates
                    .addObject()
                    .put("kind", o.kind().name().toLowerCase(Locale.ROOT))
                    .put("database", o.database())
                    .put("name", o.name()));
    return json;
  }
}
