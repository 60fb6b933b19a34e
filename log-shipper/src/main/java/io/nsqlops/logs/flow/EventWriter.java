package io.nsqlops.logs.flow;

import io.nsqlops.logs.checkpoint.CheckpointLog;
import io.nsqlops.logs.config.EventRules;
import io.nsqlops.logs.model.DataStream;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.Tag;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.Redaction;
import io.nsqlops.logs.tail.TrackedFile;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes the events of one file as documents into the batch being filled. */
final class EventWriter {
  /** What the writers of all files share. */
  record Shared(
      Outbox outbox,
      CheckpointLog checkpoints,
      EcsDocument document,
      Clock clock,
      LongSupplier nanoTime,
      ShipperMetrics metrics) {}

  private final Shared shared;
  private final TrackedFile file;
  private final String host;
  private final String namespace;
  private final String configuredDataset;
  private final boolean enveloped;
  private final EventRules rules;
  private final Map<String, DocumentTemplate> templates = new HashMap<>();

  private @Nullable LineFormat format;
  private @Nullable DocumentTemplate template;
  private long templateOf;
  private long start;
  private int stream;
  private long time;
  private boolean written;

  EventWriter(
      Shared shared,
      TrackedFile file,
      String host,
      String namespace,
      String configuredDataset,
      boolean enveloped,
      EventRules rules) {
    this.rules = rules;
    this.shared = shared;
    this.file = file;
    this.host = host;
    this.namespace = namespace;
    this.configuredDataset = configuredDataset;
    this.enveloped = enveloped;
  }

  boolean isReady() {
    return shared.outbox.hasRoom();
  }

  /** Puts on disk what is known of the file, before documents that depend on it are sent. */
  void remember() {
    file.takeDirty();
    shared.checkpoints.append(List.of(file.record()));
  }

  /** Begins an event whose first byte is at this offset of a generation. */
  void begin(
      LineFormat eventFormat, long generation, long offset, int eventStream, long envelopeTime) {
    if (format != eventFormat || templateOf != generation) {
      format = eventFormat;
      templateOf = generation;
      String dataset = configuredDataset.isEmpty() ? eventFormat.dataset() : configuredDataset;
      template =
          templates.computeIfAbsent(
              dataset + '@' + generation, key -> template(dataset, generation));
    }
    start = offset;
    stream = eventStream;
    time = envelopeTime;
  }

  private DocumentTemplate template(String dataset, long generation) {
    DataStream target = new DataStream(dataset, namespace);
    return DocumentTemplate.of(target, generation, file, host, enveloped);
  }

  void write(byte[] text, int from, int to, @Nullable Tag tag) {
    if (rules.redaction().isNone()) {
      document(text, from, to, tag);
    } else {
      Redaction.Result redacted = rules.redaction().apply(text, from, to);
      shared.metrics.redacted(redacted.places());
      document(redacted.text(), 0, redacted.text().length, tag);
    }
  }

  private void document(byte[] text, int from, int to, @Nullable Tag tag) {
    LineFormat parser = format;
    DocumentTemplate constants = template;
    if (parser == null || constants == null) {
      throw new IllegalStateException("an event is written before it began");
    }
    DocumentBatch batch = shared.outbox.current();
    int before = batch.body().size();
    constants.writeAction(batch.body(), start);
    EcsDocument document = shared.document;
    document.begin(batch.body(), constants.fields(stream));
    parser.parse(text, from, to, document);
    written = rules.minimum() == null || !document.isBelow(rules.minimum());
    if (!written) {
      batch.body().truncate(before);
      return;
    }
    document.number(EcsField.LOG_OFFSET, start);
    if (!document.hasTimestamp()) {
      timestamp(document);
    }
    if (tag != null) {
      document.tag(tag);
    }
    document.end();
    batch.body().raw('\n');
    batch.originals().raw(text, from, to);
    batch.endItem();
  }

  private void timestamp(EcsDocument document) {
    if (time != Instants.NONE) {
      document.timestamp(Instants.second(time), Instants.nanos(time));
    } else {
      Instant now = shared.clock.instant();
      document.timestamp(now.getEpochSecond(), now.getNano() / 1_000_000 * 1_000_000);
    }
  }

  /** Adds bytes the event covers. */
  void cover(long generation, long from, long to) {
    shared.outbox.current().cover(generation, from, to);
  }

  void end() {
    if (!written) {
      shared.metrics.filtered();
      return;
    }
    shared.metrics.event();
    shared.outbox.added(shared.nanoTime.getAsLong());
  }
}
