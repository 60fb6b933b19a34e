package io.nsqlops.cli.command;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.context.LogDelivery;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.Units;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.ShipLogs;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.flow.ShipperMetrics;
import io.nsqlops.logs.monitor.MonitorServer;
import io.nsqlops.logs.monitor.MonitorServer.Answers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Ships logs into Elasticsearch. */
@CommandLine.Command(
    name = "ship-logs",
    description = "Ship the logs that --config FILE names into Elasticsearch, until stopped.")
public final class ShipLogsCommand implements Command {
  /** What closing takes beside the delivery itself. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  @Option(names = "--until-idle", description = "End when everything there is has been delivered.")
  boolean untilIdle;

  @Option(
      names = "--templates",
      paramLabel = "all|reduced",
      description =
          "Install the index template first; reduced: for servers without Elastic's own field"
              + " types.")
  @Nullable Templates templates;

  enum Templates {
    ALL,
    REDUCED
  }

  @Option(
      names = "--stats-every",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "Tell on stderr how it goes, so often (default: ${DEFAULT-VALUE}); 0: never. Not with"
              + " --until-idle.")
  int statsEvery;

  @Override
  public Result run(Context context) throws InterruptedException {
    LogsConfig config = context.requireFile().requireLogs();
    if (templates != null) {
      context.adapters().installLogTemplates(config, templates == Templates.REDUCED);
    }
    ShipperMetrics metrics = new ShipperMetrics();
    try (ShippingReport report = new ShippingReport(metrics, context.err(), context.clock());
        MonitorServer monitor = monitor(config, metrics, report)) {
      if (monitor != null) {
        report.say("metrics and health at http:/" + monitor.address());
      }
      if (statsEvery > 0 && !untilIdle) {
        report.every(Duration.ofSeconds(statsEvery));
      }
      return ship(context, config, metrics, report);
    }
  }

  private static @Nullable MonitorServer monitor(
      LogsConfig config, ShipperMetrics metrics, ShippingReport report) {
    return config.listen() == null
        ? null
        : MonitorServer.start(
            config.listen(), new Answers(report::all, metrics::illness, report::trouble));
  }

  /** Ships, and begins again with the changed configuration after every SIGHUP. */
  private Result ship(
      Context context, LogsConfig first, ShipperMetrics metrics, ShippingReport report)
      throws InterruptedException {
    Reloading reloading =
        new Reloading(
            context.requireFile().path(),
            first,
            read -> context.adapters().logDelivery(read).close(),
            report::say,
            metrics::reloadFailed);
    context.interrupts().onHangup(reloading::wanted);
    LogsConfig config = first;
    while (true) {
      try (LogDelivery delivery = context.adapters().logDelivery(config)) {
        report.about(delivery);
        ShipLogs shipper = new ShipLogs(config, delivery.sink(), metrics, report::all);
        Duration grace = config.delivery().stopTimeout().plus(CLOSING);
        context.interrupts().stopBy(() -> reloading.end(shipper), grace);
        reloading.restartBy(shipper);
        if (!untilIdle) {
          report.say(
              "shipping from "
                  + Units.count(config.sources().size(), "source")
                  + " to "
                  + config.elasticsearch().urls());
        }
        boolean complete = shipper.run(untilIdle ? Until.IDLE : Until.STOPPED);
        if (!reloading.isAgain()) {
          return result(metrics, delivery, complete);
        }
      }
      config = reloading.next();
    }
  }

  private Result result(ShipperMetrics metrics, LogDelivery delivery, boolean complete) {
    long rejected = delivery.rejected().getAsLong();
    ObjectNode json =
        JsonMapper.shared()
            .createObjectNode()
            .put("bytesRead", metrics.bytesRead())
            .put("events", metrics.events())
            .put("acknowledged", metrics.acknowledged())
            .put("duplicates", delivery.conflicts().getAsLong())
            .put("rejected", rejected)
            .put("unwatchedFiles", metrics.unwatchedFiles())
            .put("complete", complete);
    Result result =
        Result.of(
            json,
            List.of(
                "read       " + Units.bytes(metrics.bytesRead()),
                "events     " + Units.count(metrics.events()),
                "delivered  "
                    + Units.count(metrics.acknowledged())
                    + (rejected == 0 ? "" : ", of them rejected " + Units.count(rejected))));
    if (!complete) {
      return result.failing(incomplete(metrics));
    }
    if (!untilIdle) {
      return result;
    }
    long unwatched = metrics.unwatchedFiles();
    if (unwatched > 0) {
      return result.failing(unwatched(unwatched));
    }
    return rejected == 0 ? result : result.failing(rejected(rejected));
  }

  private static OpsException unwatched(long files) {
    return new OpsException(
        ErrorKind.PARTIAL,
        "ship-logs",
        Units.count(files)
            + " of the files and directories could not be read, see the messages above",
        "by what they say: give this user the right to read them; unpack or exclude what is compressed"
            + " in a way that is not read; if there are too many, name fewer in logs.sources or set"
            + " NSQL_OPS_HEAP=512m");
  }

  private static OpsException rejected(long documents) {
    return new OpsException(
        ErrorKind.PARTIAL,
        "ship-logs",
        Units.count(documents, "document") + " Elasticsearch refused: kept as dead letters",
        "see nsql-ops dead-letters list with the same --config");
  }

  private static OpsException incomplete(ShipperMetrics metrics) {
    return new OpsException(
        ErrorKind.PARTIAL,
        "ship-logs",
        Units.count(metrics.events() - metrics.acknowledged(), "event")
            + " could not be delivered in the time given",
        "nothing is lost: the next run sends them again");
  }
}
