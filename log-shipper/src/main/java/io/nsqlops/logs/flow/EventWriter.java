package io.nsqlops.logs.flow;

import io.nsqlops.logs.checkpoint.CheckpointLog;
import io.nsqlops.logs.config.EventRules;
import io.nsqlops.logs.config.Sampling;
import io.nsqlops.logs.model.DataStream;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.JsonBytes;
import io.nsqlops.logs.parse.ColourSequence;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.Redaction;
import io.nsqlops.logs.tail.TrackedFile;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger log = LoggerFactory.getLogger(EventWriter.class);
  private static final byte[] NOTHING = {};

  private final Shared shared;
  private final TrackedFile file;
  private final String namespace;
  private final String configuredDataset;
  private final DocumentTemplate.Origin origin;
  private final ZoneNotice zone;
  private final EventRules rules;
  private final Map<String, DocumentTemplate> templates = new HashMap<>();

  private @Nullable LineFormat format;
  private @Nullable DocumentTemplate template;
  private String templateDataset = "";
  private long templateOf;

  /** Where the document being written begins in the batch. */
  private int documentStart;

  /** The text of the document being written: that of the event, or what redaction left of it. */
  private byte[] written = NOTHING;

  private int writtenFrom;
  private int writtenTo;

  EventWriter(
      Shared shared,
      TrackedFile file,
      String namespace,
      String configuredDataset,
      DocumentTemplate.Origin origin,
      ZoneNotice zone,
      EventRules rules) {
    this.rules = rules;
    this.shared = shared;
    this.file = file;
    this.namespace = namespace;
    this.configuredDataset = configuredDataset;
    this.origin = origin;
    this.zone = zone;
  }

  boolean isReady(int length) {
    return shared.outbox.hasRoom(length);
  }

  /** Puts on disk what is known of the file, before documents that depend on it are sent. */
  void remember() {
    file.takeDirty();
    shared.checkpoints.append(List.of(file.record()));
  }

  private DocumentTemplate template(Event event) {
    if (format != event.format()) {
      format = event.format();
      zone.format(event.format());
    }
    String dataset = configuredDataset.isEmpty() ? dataset(event) : configuredDataset;
    DocumentTemplate known = template;
    if (known == null || !dataset.equals(templateDataset) || templateOf != event.generation()) {
      templateDataset = dataset;
      templateOf = event.generation();
      known =
          templates.computeIfAbsent(
              dataset + '@' + templateOf, key -> template(dataset, event.generation()));
      template = known;
    }
    return known;
  }

  private static String dataset(Event event) {
    int from = ColourSequence.end(event.text(), event.from(), event.to());
    int to = ColourSequence.start(event.text(), from, event.to());
    return event.format().dataset(event.text(), from, to);
  }

  private DocumentTemplate template(String dataset, long generation) {
    DataStream target = new DataStream(dataset, namespace);
    return DocumentTemplate.of(target, generation, file, origin);
  }

  /** What becomes of an event where events are sampled. */
  enum Sampled {
    /** It is written, or filtered, whatever there is before it. */
    KEPT,
    /** It is written, and stands for those that were left out before it. */
    STANDS_FOR_OTHERS,
    /** It is not written. */
    LEFT_OUT
  }

  /**
   * Writes an event, if its level is not below the minimum, and the bytes it covers.
   *
   * @param count how many events it stands for
   */
  void write(Event event, long count) {
    int before = document(event);
    if (isFiltered()) {
      filtered(before, count);
      event.cover(shared.outbox.current());
      return;
    }
    if (rules.compact()) {
      shared.metrics.compacted(count - 1);
    } else {
      shared.metrics.sampled(count - 1);
    }
    finish(event, count);
    event.cover(shared.outbox.current());
    added();
  }

  /**
   * Writes an event, if it is one of those that are kept.
   *
   * @param leftOut those left out before it: it stands for them, too
   */
  Sampled writeSampled(Event event, EventGroup leftOut) {
    Sampling sampling = rules.sampling();
    int before = document(event);
    if (isFiltered()) {
      filtered(before, 1);
      event.cover(shared.outbox.current());
      return Sampled.KEPT;
    }
    boolean sampled = false;
    if (sampling != null && !shared.document.isAtLeast(sampling.below())) {
      sampled = true;
      if (!sampling.keeps(event.generation(), event.start())) {
        shared.outbox.current().body().truncate(before);
        return Sampled.LEFT_OUT;
      }
    }
    boolean stands = sampled && leftOut.isActive();
    finish(event, stands ? leftOut.count() + 1 : 1);
    if (stands) {
      shared.metrics.sampled(leftOut.count());
      leftOut.first().cover(shared.outbox.current());
    }
    event.cover(shared.outbox.current());
    added();
    return stands ? Sampled.STANDS_FOR_OTHERS : Sampled.KEPT;
  }

  /**
   * Writes the action line and the document up to what the parser finds; returns where it began.
   */
  private int document(Event event) {
    byte[] text = event.text();
    int from = event.from();
    int to = event.to();
    if (!rules.redaction().isNone()) {
      Redaction.Result redacted = rules.redaction().apply(text, from, to);
      shared.metrics.redacted(redacted.places());
      text = redacted.text();
      from = 0;
      to = text.length;
    }
    written = text;
    writtenFrom = from;
    writtenTo = to;
    DocumentTemplate constants = template(event);
    JsonBytes body = shared.outbox.current().body();
    int before = body.size();
    constants.writeAction(body, event.start(), event.joined());
    documentStart = body.size();
    shared.document.begin(body, constants.fields(event.stream()));
    int plain = ColourSequence.end(text, from, to);
    int plainEnd = ColourSequence.start(text, plain, to);
    try {
      event.format().parse(text, plain, plainEnd, shared.document);
    } catch (RuntimeException e) {
      // No format may throw. Should one all the same, its line must not stop all others for ever.
      log.error("{}@{}: a defect in format {}", file, event.start(), event.format().name(), e);
      body.truncate(documentStart);
      shared.document.begin(body, constants.fields(event.stream()));
      Degraded.whole(text, from, to, shared.document);
    }
    return before;
  }

  private boolean isFiltered() {
    return rules.minimum() != null && shared.document.isBelow(rules.minimum());
  }

  private void filtered(int before, long count) {
    written = NOTHING;
    shared.outbox.current().body().truncate(before);
    shared.metrics.filtered(count);
  }

  private void finish(Event event, long count) {
    complete(event, count);
    if (!rules.fields().isNone()) {
      redactFields(event, count);
    }
    DocumentBatch batch = shared.outbox.current();
    batch.body().raw('\n');
    batch.originals().raw(written, writtenFrom, writtenTo);
    written = NOTHING;
    batch.endItem();
  }

  /** Writes what no format tells, and closes the document. */
  private void complete(Event event, long count) {
    EcsDocument document = shared.document;
    document.number(EcsField.LOG_OFFSET, event.start());
    if (rules.counts()) {
      document.number(EcsField.COUNT, count);
      if (count > 1) {
        document.number(EcsField.DOC_COUNT, count);
      }
    }
    if (!document.hasTimestamp()) {
      timestamp(document, event.time());
    }
    if (event.tag() != null) {
      document.tag(event.tag());
    }
    document.end();
  }

  /** Where in the text a value was is not known any more: the text is made unreadable too. */
  private void redactFields(Event event, long count) {
    OptionalInt told = rules.fields().apply(shared.outbox.current().body(), documentStart);
    int places = told.orElse(1);
    if (told.isEmpty()) {
      // What it holds cannot be told: nothing of it is shown.
      byte[] mark = Redaction.MARK.getBytes(StandardCharsets.UTF_8);
      shared.document.rollback();
      Degraded.whole(mark, 0, mark.length, shared.document);
      complete(event, count);
    }
    if (places > 0) {
      shared.metrics.redacted(places);
      written = Redaction.MARK.getBytes(StandardCharsets.UTF_8);
      writtenFrom = 0;
      writtenTo = written.length;
    }
  }

  private void timestamp(EcsDocument document, long time) {
    if (time != Instants.NONE) {
      document.timestamp(Instants.second(time), Instants.nanos(time));
    } else {
      Instant now = shared.clock.instant();
      document.timestamp(now.getEpochSecond(), now.getNano() / 1_000_000 * 1_000_000);
    }
  }

  private void added() {
    shared.metrics.event();
    shared.outbox.added(shared.nanoTime);
  }
}
