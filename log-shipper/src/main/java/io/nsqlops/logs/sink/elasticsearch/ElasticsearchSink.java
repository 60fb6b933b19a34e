package io.nsqlops.logs.sink.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.sink.DeadLetter;
import io.nsqlops.logs.sink.DeadLetters;
import io.nsqlops.logs.sink.LogSink;
import io.nsqlops.logs.sink.elasticsearch.BulkReply.ItemReply;
import io.nsqlops.logs.sink.elasticsearch.Connection.ErrorTold;
import io.nsqlops.logs.sink.elasticsearch.Connection.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Delivers batches as bulk requests of {@code create} operations.
 *
 * <p>Each item has its own outcome: stored (a conflict says an earlier attempt did it), to be tried
 * again, or refused and kept as a dead letter. Requests that fail as a whole are sent again.
 */
public final class ElasticsearchSink implements LogSink {
  private static final int FIRST_ERROR = 300;
  private static final long RETRY_LIMIT = TimeUnit.SECONDS.toMillis(15);
  private static final ContentType NDJSON = ContentType.create("application/x-ndjson");

  private final Connection connection;
  private final DeadLetters deadLetters;
  private final DeliveryMetrics metrics;

  /** Those that are not in use. */
  private final Queue<GzipEncoder> encoders = new ConcurrentLinkedQueue<>();

  private final Complaints complaints = new Complaints();
  private final PlainIndices plainIndices = new PlainIndices();

  /** How long nothing may be taken before that is an error; null for ever. */
  private final @Nullable Duration patience;

  private ElasticsearchSink(
      Connection connection,
      DeadLetters deadLetters,
      DeliveryMetrics metrics,
      @Nullable Duration patience) {
    this.connection = connection;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.patience = patience;
  }

  /** Opens a sink; the servers need not be there yet. The dead letters stay the caller's. */
  public static ElasticsearchSink open(
      ElasticsearchConfig config, DeadLetters deadLetters, DeliveryMetrics metrics) {
    return new ElasticsearchSink(Connection.open(config), deadLetters, metrics, null);
  }

  /**
   * Opens a sink for somebody who waits. Its {@link #deliver} throws a {@link LogsException}: of
   * kind TRANSIENT when nothing was taken for so long, of kind USAGE when Elasticsearch does not
   * let us in.
   */
  public static ElasticsearchSink openFor(
      ElasticsearchConfig config,
      DeadLetters deadLetters,
      DeliveryMetrics metrics,
      Duration patience) {
    return new ElasticsearchSink(Connection.open(config), deadLetters, metrics, patience);
  }

  @Override
  public void deliver(DocumentBatch batch) throws InterruptedException {
    Deque<ItemSet> pending = new ArrayDeque<>();
    if (batch.size() > 0) {
      pending.add(ItemSet.all(batch.size()));
    }
    Backoff backoff = new Backoff(RETRY_LIMIT);
    long progress = System.nanoTime();
    while (!pending.isEmpty()) {
      ItemSet items = pending.remove();
      Attempt attempt = attempt(batch, items);
      metrics.attempted(attempt, items.size());
      if (attempt.split()) {
        pending.addFirst(items.secondHalf());
        pending.addFirst(items.firstHalf());
      } else if (attempt.again().size() > 0) {
        pending.addFirst(attempt.again());
        if (attempt.again().size() < items.size()) {
          progress = System.nanoTime();
        }
        giveUpIfSince(progress, attempt.why());
        backoff.await();
      } else {
        backoff.reset();
        progress = System.nanoTime();
      }
    }
  }

  private void giveUpIfSince(long progress, String why) {
    if (patience != null && System.nanoTime() - progress > patience.toNanos()) {
      throw new LogsException(
          ErrorKind.TRANSIENT,
          "Elasticsearch",
          "nothing was taken for " + patience.toSeconds() + " s: " + why,
          "Try again when Elasticsearch is well.");
    }
  }

  private void giveUpOutside(Reply reply) {
    if (patience != null) {
      throw new LogsException(
          ErrorKind.USAGE,
          "Elasticsearch",
          "Elasticsearch refuses us with " + reply.status() + ": " + reply.excerpt(),
          "Check logs.elasticsearch.api-key, or username and password, and what they may write.");
    }
  }

  private Attempt attempt(DocumentBatch batch, ItemSet items) throws InterruptedException {
    Reply reply;
    boolean indices = plainIndices.wantsToKnow();
    try {
      reply = send(batch, items, indices ? PlainIndices.FILTER : "");
    } catch (IOException e) {
      complaints.warn("Elasticsearch cannot be reached, trying again: {}", e.toString());
      return Attempt.failed(items, e.toString());
    }
    Verdict.Request verdict = verdict(reply);
    if (indices && verdict == Verdict.Request.ITEMS) {
      plainIndices.look(reply.json());
    }
    return switch (verdict) {
      case ITEMS -> items(batch, items, reply);
      case RETRY -> {
        complaints.warn(
            "Elasticsearch answered {}, trying again: {}", reply.status(), reply.excerpt());
        yield Attempt.failed(items, "Elasticsearch answers " + reply.status());
      }
      case BLOCKED -> {
        ErrorTold error = reply.error();
        blocked(error.reason());
        yield Attempt.failed(items, error.type() + ": " + error.reason());
      }
      case REFUSED -> {
        giveUpOutside(reply);
        complaints.error(
            "Elasticsearch refuses us with {}; nothing is lost, delivery goes on when the"
                + " credentials or rights are corrected: {}",
            reply.status(),
            reply.excerpt());
        yield Attempt.refused(items, "Elasticsearch refuses us with " + reply.status());
      }
      case SPLIT -> items.size() > 1 ? Attempt.tooLarge() : alone(batch, items, reply);
    };
  }

  private static Verdict.Request verdict(Reply reply) {
    // That of almost all answers is known without reading them.
    String type = reply.status() < FIRST_ERROR ? "" : reply.error().type();
    return Verdict.request(reply.status(), reply.isElasticsearchError(), type);
  }

  private void blocked(String reason) {
    complaints.error(
        "Elasticsearch has blocked writing; nothing is lost, delivery goes on when that is lifted:"
            + " {} ({})",
        reason,
        WriteBlock.nextStep(reason));
  }

  private Reply send(DocumentBatch batch, ItemSet items, String moreFilter)
      throws IOException, InterruptedException {
    GzipEncoder idle = encoders.poll();
    GzipEncoder encoder = idle == null ? new GzipEncoder(QuickDeflate.create()) : idle;
    boolean answered = false;
    try {
      Reply reply = connection.send(request(batch, items, moreFilter, encoder));
      answered = true;
      return reply;
    } finally {
      if (!answered) {
        // The client may still hold the body of the request it gave up.
        encoder.leaveBuffer();
      }
      encoders.add(encoder);
    }
  }

  private Request request(
      DocumentBatch batch, ItemSet items, String moreFilter, GzipEncoder encoder) {
    if (items.size() == batch.size()) {
      encoder.encode(batch.body().array(), batch.body().size());
    } else {
      byte[] some = bodyOf(batch, items);
      encoder.encode(some, some.length);
    }
    metrics.sending(encoder.size());
    Request request = new Request("POST", "/_bulk");
    request.addParameter("filter_path", BulkReply.FILTER + moreFilter);
    request.setEntity(new ByteArrayEntity(encoder.bytes(), 0, encoder.size(), NDJSON, "gzip"));
    return request;
  }

  private static byte[] bodyOf(DocumentBatch batch, ItemSet items) {
    int length = 0;
    for (int i = 0; i < items.size(); i++) {
      length += batch.bodyEnd(items.item(i)) - batch.bodyStart(items.item(i));
    }
    byte[] body = new byte[length];
    int at = 0;
    for (int i = 0; i < items.size(); i++) {
      int from = batch.bodyStart(items.item(i));
      int to = batch.bodyEnd(items.item(i));
      System.arraycopy(batch.body().array(), from, body, at, to - from);
      at += to - from;
    }
    return body;
  }

  private Attempt items(DocumentBatch batch, ItemSet items, Reply reply) {
    BulkReply answer;
    try {
      answer = BulkReply.parse(reply.body(), items.size());
    } catch (IllegalArgumentException e) {
      complaints.warn("The answer to a bulk request is no such answer: {}", e.toString());
      return Attempt.failed(items, "an answer that is none: " + e.getMessage());
    }
    if (answer.allDelivered()) {
      return Attempt.done();
    }
    BitSet again = new BitSet();
    List<DeadLetter> letters = new ArrayList<>();
    int conflicts = 0;
    int failureStored = 0;
    String why = "";
    for (int i = 0; i < items.size(); i++) {
      ItemReply item = answer.items().get(i);
      conflicts += item.status() == 409 ? 1 : 0;
      failureStored += item.failureStored() ? 1 : 0;
      switch (item.verdict()) {
        case DELIVERED -> {}
        case RETRY -> {
          again.set(i);
          why = item.status() + " " + item.type() + ": " + item.reason();
          putOff(item);
        }
        case REJECTED ->
            letters.add(letter(batch, items.item(i), item.status(), item.type(), item.reason()));
      }
    }
    Attempt attempt =
        new Attempt(items.at(again), false, false, conflicts, letters.size(), failureStored, why);
    return keep(letters).map(obstacle -> Attempt.failed(items, obstacle)).orElse(attempt);
  }

  private void putOff(ItemReply item) {
    if (WriteBlock.is(item.type())) {
      blocked(item.reason());
    } else {
      complaints.warn(
          "Elasticsearch puts documents off with {} {}: {}",
          item.status(),
          item.type(),
          item.reason());
    }
  }

  /** A single document Elasticsearch does not take. */
  private Attempt alone(DocumentBatch batch, ItemSet items, Reply reply) {
    String type = reply.status() == 413 ? "document_too_large" : "request_refused";
    DeadLetter letter = letter(batch, items.item(0), reply.status(), type, reply.excerpt());
    return keep(List.of(letter))
        .map(obstacle -> Attempt.failed(items, obstacle))
        .orElse(new Attempt(ItemSet.none(), false, false, 0, 1, 0, ""));
  }

  /** Keeps letters; what is in the way, empty if nothing is. */
  private Optional<String> keep(List<DeadLetter> letters) {
    if (letters.isEmpty()) {
      return Optional.empty();
    }
    try {
      deadLetters.keep(letters);
    } catch (UncheckedIOException e) {
      String obstacle =
          "rejected documents cannot be kept: " + e.getMessage() + ": " + e.getCause();
      complaints.error("{}; delivery waits, nothing is lost", obstacle);
      return Optional.of(obstacle);
    }
    DeadLetter first = letters.get(0);
    complaints.warn(
        "Elasticsearch rejected {} documents, kept as dead letters; the first: {} {}",
        letters.size(),
        first.type(),
        first.reason());
    return Optional.empty();
  }

  private static DeadLetter letter(
      DocumentBatch batch, int item, int status, String type, String reason) {
    String lines = text(batch.body().array(), batch.bodyStart(item), batch.bodyEnd(item));
    int newline = lines.indexOf('\n');
    String original =
        text(batch.originals().array(), batch.originalStart(item), batch.originalEnd(item));
    return new DeadLetter(
        status,
        type,
        reason,
        lines.substring(0, newline),
        lines.substring(newline + 1).strip(),
        original);
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    for (GzipEncoder idle = encoders.poll(); idle != null; idle = encoders.poll()) {
      idle.close();
    }
    try {
      connection.close();
    } catch (IOException e) {
      throw new LogsException(
          ErrorKind.INTERNAL, "Elasticsearch client", "cannot be closed: " + e, "", e);
    }
  }
}
