package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.model.DataStream;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.Metric;
import io.nsqlops.logs.model.Metric.Kind;
import io.nsqlops.logs.model.Metric.Sample;
import io.nsqlops.logs.model.Prefix;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/**
 * Tells from time to time how shipping goes, as a document in the data stream of {@link
 * AbandonedFiles#DATASET}: where somebody looks for logs is where somebody asks why some are
 * missing. Reading thread only.
 *
 * <p>Counters are told as what was added since the last document, gauges as they are. While nothing
 * can be delivered nothing is told: the next document has what was added meanwhile.
 */
final class ShipperStatus {
  private static final String PREFIX = "nsqlops_logs_";
  private static final String TOTAL = "_total";

  private final EventWriter.Shared shared;
  private final Supplier<List<Metric>> metrics;
  private final DocumentTemplate template;
  private final long every;

  /** Of the counters when they were told last, by this shipper or one before a reload. */
  private final Map<String, Double> before;

  private final Map<String, EcsField> fields = new HashMap<>();
  private long next;
  private long told;

  /**
   * @param now nanoseconds on the monotonic clock
   */
  ShipperStatus(
      EventWriter.Shared shared, LogsConfig config, Supplier<List<Metric>> metrics, long now) {
    this.shared = shared;
    this.metrics = metrics;
    this.before = shared.metrics().told();
    this.every = config.statusEvery().toNanos();
    this.next = now + every;
    // Another run tells other things.
    byte[] identity =
        ("status " + config.host() + ' ' + shared.clock().instant())
            .getBytes(StandardCharsets.UTF_8);
    this.template =
        DocumentTemplate.ofShipper(
            new DataStream(AbandonedFiles.DATASET, config.namespace()),
            Prefix.hash(identity, identity.length),
            config.host());
  }

  /** Tells, if it is time to and there is room. */
  void writeIfDue(long now) {
    if (every > 0 && now - next >= 0 && shared.outbox().hasRoom()) {
      next = now + every;
      write();
    }
  }

  private void write() {
    DocumentBatch batch = shared.outbox().current();
    template.writeAction(batch.body(), told++, 0);
    EcsDocument document = shared.document();
    document.begin(batch.body(), template.fields(0));
    Instant time = shared.clock().instant();
    document.timestamp(time.getEpochSecond(), time.getNano());
    document.text(EcsField.EVENT_ACTION, "status");
    document.text(EcsField.MESSAGE, "how shipping goes");
    metrics.get().forEach(metric -> write(metric, document));
    document.end();
    batch.body().raw('\n');
    batch.originals().raw('\n');
    batch.endItem();
    shared.metrics().event();
    shared.outbox().added(shared.nanoTime());
  }

  private void write(Metric metric, EcsDocument document) {
    String name = metric.name().replace(PREFIX, "").replace(TOTAL, "");
    DoubleStream samples = metric.samples().stream().mapToDouble(Sample::value);
    // Of lags in seconds only the worst means anything.
    double value = name.equals("lag_seconds") ? samples.max().orElse(0) : samples.sum();
    if (metric.kind() == Kind.COUNTER) {
      Double last = before.put(name, value);
      value -= last == null ? 0 : last;
    }
    EcsField field = fields.computeIfAbsent(name, n -> new EcsField("nsqlops.shipper." + n));
    document.number(field, Math.round(value));
  }
}
