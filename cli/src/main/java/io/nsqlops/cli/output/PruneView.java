package io.nsqlops.cli.output;

import io.nsqlops.backup.flow.prune.Amount;
import io.nsqlops.backup.flow.prune.Forecast;
import io.nsqlops.backup.flow.prune.PruneReport;
import io.nsqlops.backup.plan.BackupGroup;
import io.nsqlops.backup.plan.PrunePlan.Decision;
import io.nsqlops.backup.plan.StoredBackup.Condition;
import io.nsqlops.backup.repository.LeaseSurvey.Running;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a prune is shown. */
public final class PruneView {
  private PruneView() {}

  /** One line for each backup. */
  public static List<String> table(Forecast forecast) {
    TextTable table = new TextTable("BACKUP", "STARTED", "SERVER", "SCOPE", "PLAN", "WHY");
    for (Decision decision : forecast.plan().decisions()) {
      boolean known = decision.backup().condition() != Condition.UNREADABLE;
      table.row(
          decision.backup().id(),
          known ? Units.time(decision.backup().started()) : "?",
          known ? decision.backup().group().server() : "?",
          known ? scope(decision.backup().group()) : "?",
          decision.keep() ? "keep" : "remove",
          String.join(", ", decision.reasons()));
    }
    return forecast.plan().decisions().isEmpty() ? List.of("no backups yet") : table.lines();
  }

  private static String scope(BackupGroup group) {
    return group.scope().isEmpty() ? "all" : String.join("; ", group.scope());
  }

  /** What would be done. */
  public static Result planned(Forecast forecast) {
    List<String> text = new ArrayList<>(table(forecast));
    text.add(
        "would remove %s and free %s in %s"
            .formatted(
                Units.count(forecast.plan().removed().size(), "backup"),
                Units.bytes(forecast.chunks().bytes() + forecast.other().bytes()),
                Units.count(forecast.chunks().objects(), "chunk")));
    young(forecast, text);
    ObjectNode json = json(forecast);
    json.put("dryRun", true)
        .put("freedBytes", forecast.chunks().bytes() + forecast.other().bytes())
        .put("freedChunks", forecast.chunks().objects());
    return Result.of(json, text);
  }

  /** What was done. */
  public static Result done(PruneReport report) {
    Forecast forecast = report.forecast();
    List<String> text = new ArrayList<>();
    text.add(
        "removed   %s, kept %s"
            .formatted(
                Units.count(forecast.plan().removed().size(), "backup"),
                Units.count(forecast.plan().kept().size())));
    text.add(
        "freed     %s in %s"
            .formatted(
                Units.bytes(report.freedBytes()), Units.count(report.chunks().objects(), "chunk")));
    young(forecast, text);
    if (report.held().objects() > 0) {
      text.add(
          "held      %s in %s by object lock; a prune after it has run out frees them"
              .formatted(
                  Units.bytes(report.held().bytes()),
                  Units.count(report.held().objects(), "object")));
    }
    if (report.waiting().objects() > 0) {
      text.add(
          "waiting   %s in %s, which the next prune frees, until this has ended:"
              .formatted(
                  Units.bytes(report.waiting().bytes()),
                  Units.count(report.waiting().objects(), "chunk")));
      report
          .running()
          .forEach(
              r ->
                  text.add(
                      "          backup %s by %s, since %s"
                          .formatted(r.backupId(), r.holder(), Units.time(r.since()))));
    }
    ObjectNode json = json(forecast);
    json.put("dryRun", false)
        .put("freedBytes", report.freedBytes())
        .put("freedChunks", report.chunks().objects())
        .put("waitingBytes", report.waiting().bytes())
        .put("waitingChunks", report.waiting().objects())
        .put("heldBytes", report.held().bytes())
        .put("heldObjects", report.held().objects());
    ArrayNode running = json.putArray("running");
    for (Running backup : report.running()) {
      running
          .addObject()
          .put("id", backup.backupId())
          .put("holder", backup.holder())
          .put("since", backup.since().toString());
    }
    return Result.of(json, text);
  }

  private static void young(Forecast forecast, List<String> text) {
    Amount young = forecast.young();
    if (young.objects() > 0) {
      text.add(
          "left      %s in %s of unfinished backups, for as long as --grace says"
              .formatted(Units.bytes(young.bytes()), Units.count(young.objects(), "chunk")));
    }
  }

  private static ObjectNode json(Forecast forecast) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("removed", forecast.plan().removed().size())
        .put("kept", forecast.plan().kept().size());
    ArrayNode backups = json.putArray("backups");
    for (Decision decision : forecast.plan().decisions()) {
      ObjectNode node =
          backups
              .addObject()
              .put("id", decision.backup().id())
              .put("started", decision.backup().started().toString())
              .put("server", decision.backup().group().server())
              .put("keep", decision.keep())
              .put("pinned", decision.backup().pinned());
      decision.backup().group().scope().forEach(node.putArray("scope")::add);
      decision.reasons().forEach(node.putArray("reasons")::add);
    }
    return json;
  }
}
