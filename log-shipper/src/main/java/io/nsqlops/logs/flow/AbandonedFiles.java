package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.ShipperMetrics.Abandoned;
import io.nsqlops.logs.model.DataStream;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.Prefix;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.tail.TrackedFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which files were given up: in the metrics, in our own log, and as a document beside the
 * logs that were shipped, in the data stream {@link #DATASET}.
 *
 * <p>The document's id comes from the file, its generation and how far it was read: however often
 * the same is found out, it is told once. Reading thread only.
 */
final class AbandonedFiles {
  /** Dataset of what the shipper tells of itself. */
  static final String DATASET = "nsqlops.shipper";

  private static final Logger log = LoggerFactory.getLogger(AbandonedFiles.class);
  private static final byte[] ACTION = "file-abandoned".getBytes(StandardCharsets.US_ASCII);
  private static final EcsField REASON = new EcsField("nsqlops.abandoned.reason");
  private static final EcsField LOST = new EcsField("nsqlops.abandoned.lost_bytes");

  private final EventWriter.Shared shared;
  private final DataStream stream;
  private final String host;
  private final Deque<Notice> waiting = new ArrayDeque<>();

  /**
   * What is to be told.
   *
   * @param offset how far the file was read
   * @param lost bytes known to be lost, or -1
   * @param covers what is to be remembered when this was told; 0 for nothing
   */
  private record Notice(
      TrackedFile file, Abandoned reason, long offset, long lost, long covers, Instant time) {}

  AbandonedFiles(EventWriter.Shared shared, LogsConfig config) {
    this.shared = shared;
    this.stream = new DataStream(DATASET, config.namespace());
    this.host = config.host();
  }

  /** No path leads to it any more. It may still turn up. */
  void lostSight(TrackedFile file) {
    tell(file, Abandoned.GONE, TrackedFile.MISSING);
  }

  /** There is nothing left to hope for: the file ends here, when that has been told. */
  void end(TrackedFile file, Abandoned reason) {
    tell(file, reason, TrackedFile.TELLING);
    file.abandon();
  }

  private void tell(TrackedFile file, Abandoned reason, long what) {
    shared.metrics().abandoned(reason);
    long covers = file.isIdentified() ? what : 0;
    Notice notice =
        new Notice(file, reason, file.position(), file.unread(), covers, shared.clock().instant());
    log.warn("{}", text(notice));
    waiting.add(notice);
    write();
  }

  /** Writes what waits, as far as there is room. */
  void write() {
    while (!waiting.isEmpty() && shared.outbox().hasRoom()) {
      write(waiting.remove());
    }
  }

  /** Whether nothing waits to be told. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  private void write(Notice notice) {
    TrackedFile file = notice.file();
    DocumentBatch batch = shared.outbox().current();
    DocumentTemplate template =
        DocumentTemplate.of(
            stream, identity(file), file, new DocumentTemplate.Origin(host, false, Map.of()));
    byte[] text = text(notice).getBytes(StandardCharsets.UTF_8);
    byte[] reason = notice.reason().label().getBytes(StandardCharsets.UTF_8);
    template.writeAction(batch.body(), notice.offset(), 0);
    EcsDocument document = shared.document();
    document.begin(batch.body(), template.fields(0));
    Instant time = notice.time();
    document.timestamp(time.getEpochSecond(), time.getNano());
    document.level(Severity.WARN);
    document.text(EcsField.EVENT_ACTION, ACTION, 0, ACTION.length);
    document.text(EcsField.MESSAGE, text, 0, text.length);
    document.text(REASON, reason, 0, reason.length);
    document.number(EcsField.LOG_OFFSET, notice.offset());
    if (notice.lost() >= 0) {
      document.number(LOST, notice.lost());
    }
    document.end();
    batch.body().raw('\n');
    batch.originals().raw(text, 0, text.length);
    batch.endItem();
    if (notice.covers() != 0) {
      batch.cover(file.generation(), notice.covers(), notice.covers());
    }
    shared.metrics().event();
    shared.outbox().added(shared.nanoTime());
  }

  private static String text(Notice notice) {
    String lost =
        notice.lost() < 0
            ? "if anything came after that it is lost"
            : notice.lost() == 0
                ? "nothing is known to be lost"
                : notice.lost() + " bytes are known to be lost";
    return notice.file().path()
        + " "
        + notice.reason().text()
        + ": it was read up to byte "
        + notice.offset()
        + ", "
        + lost;
  }

  /** Not the generation itself: that is the identity of the file's own documents. */
  private long identity(TrackedFile file) {
    String known =
        file.isIdentified() ? Long.toHexString(file.generation()) : file.livePath().toString();
    byte[] bytes = ("abandoned " + host + ' ' + known).getBytes(StandardCharsets.UTF_8);
    return Prefix.hash(bytes, bytes.length);
  }
}
