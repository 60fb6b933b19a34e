package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.DeliveryConfig;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.EventRules;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.config.SourceConfig;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.parse.plain.MultilineRule;
import io.nsqlops.logs.sink.LogSink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Shippers for tests: quick, small enough that every limit is met, and with one sender, so that
 * documents arrive in order.
 */
final class Shipping {
  static final DeliveryConfig QUICK =
      new DeliveryConfig(
          64 * 1024,
          Duration.ofMillis(50),
          1,
          64 * 1024,
          Duration.ofMillis(200),
          Duration.ofSeconds(3),
          2000);

  private Shipping() {}

  static SourceConfig source(String glob, Envelope envelope, String format) {
    return source(glob, envelope, format, EventRules.none(), 0);
  }

  static SourceConfig source(
      String glob, Envelope envelope, String format, EventRules rules, int maxRate) {
    return new SourceConfig(
        List.of(glob),
        List.of(),
        envelope,
        format,
        ZoneOffset.UTC,
        "",
        MultilineRule.none(),
        Map.of(),
        rules,
        maxRate);
  }

  static LogsConfig config(Path state, SourceConfig... sources) {
    return new LogsConfig(
        state,
        "test",
        "host-1",
        List.of(sources),
        ElasticsearchConfig.open(URI.create("http://127.0.0.1:1")),
        QUICK,
        Duration.ZERO,
        null);
  }

  /** The same, but events wait for a minute for further lines. */
  static LogsConfig patient(LogsConfig config) {
    return waiting(config, Duration.ofMinutes(1), config.delivery().stopTimeout());
  }

  /** The same with other times to wait: for further lines, and for the delivery at a stop. */
  static LogsConfig waiting(LogsConfig config, Duration multiline, Duration stop) {
    DeliveryConfig quick = config.delivery();
    return new LogsConfig(
        config.stateDirectory(),
        config.namespace(),
        config.host(),
        config.sources(),
        config.elasticsearch(),
        new DeliveryConfig(
            quick.batchBytes(),
            quick.batchAge(),
            quick.inFlight(),
            quick.lineLimit(),
            multiline,
            stop,
            quick.openFiles()),
        config.statusEvery(),
        config.listen());
  }

  /** Ships everything there is; a new shipper on the same state, as after a restart. */
  static boolean once(LogsConfig config, LogSink sink) throws InterruptedException {
    return new ShipLogs(config, sink, new ShipperMetrics()).run(Until.IDLE);
  }
}
