package io.nsqlops.logs.sink.elasticsearch;

import static io.nsqlops.logs.sink.elasticsearch.StubElasticsearch.applyThenCut;
import static io.nsqlops.logs.sink.elasticsearch.StubElasticsearch.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.logs.Told;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.config.SecretRef;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.sink.DeadLetter;
import io.nsqlops.logs.sink.DeadLetters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ElasticsearchSinkTest {
  private static final String UNAVAILABLE = "{\"error\":{\"type\":\"x\"},\"status\":503}";

  private static final String CLUSTER_BLOCK =
      "{\"error\":{\"root_cause\":[],\"type\":\"cluster_block_exception\","
          + "\"reason\":\"blocked by: [FORBIDDEN/6/cluster read-only (api)];\"},\"status\":403}";

  private static final String FLOOD =
      "\"status\":429,\"error\":{\"type\":\"cluster_block_exception\",\"reason\":\"index [x]"
          + " blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has"
          + " read-only-allow-delete block];\"}";

  private StubElasticsearch server;
  private final List<DeadLetter> letters = new ArrayList<>();
  private final DeliveryMetrics metrics = new DeliveryMetrics();

  @BeforeEach
  void start() throws IOException {
    server = new StubElasticsearch();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void storesEveryDocumentOnce() throws Exception {
    deliver(batch(1000));
    assertThat(server.documents()).hasSize(1000);
    assertThat(server.documents()).containsEntry(action(7), document(7));
    assertThat(server.requestSizes()).containsExactly(1000);
    assertThat(metrics.requests()).isEqualTo(1);
  }

  /** An index that was there before is written to as a data stream is. */
  @Test
  void tellsOnceOfAnIndexThatIsNoDataStream() throws Exception {
    String answer =
        """
        {"errors":false,"items":[{"create":{"_index":".ds-logs-x-y-2026.01.01-000001","status":201}},
        {"create":{"_index":".fs-logs-x-y-2026.01.01-000001","status":201,"failure_store":"used"}},
        {"create":{"_index":"logs-x-z","status":404}},
        {"create":{"_index":"logs-x-y","status":201}},{"create":{"_index":"logs-x-y","status":201}}]}
        """;
    server.script(refuse(503, UNAVAILABLE), refuse(200, answer));
    try (Told told = new Told(ElasticsearchSink.class)) {
      deliver(batch(5));
      assertThat(told.messages())
          .filteredOn(message -> message.contains("no data stream"))
          .singleElement()
          .asString()
          .startsWith("documents are stored in logs-x-y,");
    }
    assertThat(server.queries().subList(0, 2)).allMatch(query -> query.contains("items.*._index"));
  }

  @Test
  void whereDocumentsWentIsNotAskedForEveryTime() throws Exception {
    try (ElasticsearchSink sink = sink(ElasticsearchConfig.open(server.uri()))) {
      sink.deliver(batch(1));
      sink.deliver(batch(1));
    }
    assertThat(server.queries()).hasSize(2).last().asString().doesNotContain("_index");
  }

  @Test
  void sendsFailedRequestsAgain() throws Exception {
    server.script(
        refuse(429, "{\"error\":{\"type\":\"es_rejected_execution_exception\"},\"status\":429}"),
        refuse(503, UNAVAILABLE),
        refuse(502, "<html>Bad Gateway</html>"),
        refuse(200, "this is no bulk answer"),
        refuse(400, "<html>a proxy's opinion</html>"),
        applyThenCut());

    deliver(batch(10));

    assertThat(server.documents()).hasSize(10);
    assertThat(metrics.conflicts()).isEqualTo(10);
    assertThat(letters).isEmpty();
  }

  @Test
  void sendsOnlyTheItemsThatWerePutOffAgain() throws Exception {
    List<String> putOff = new ArrayList<>(List.of(document(3), document(4), document(8)));
    server.itemErrors(
        d ->
            putOff.remove(d)
                ? "\"status\":429,\"error\":{\"type\":\"es_rejected_execution_exception\"}"
                : "");

    deliver(batch(10));

    assertThat(server.documents()).hasSize(10);
    assertThat(server.requestSizes()).containsExactly(10, 3);
    assertThat(metrics.retried()).isEqualTo(3);
  }

  @Test
  void splitsWhatIsTooLargeAndKeepsWhatIsTooLargeAlone() throws Exception {
    server.script(
        refuse(413, ""), refuse(413, ""), refuse(413, "<html>too large</html>"), refuse(413, ""));

    deliver(batch(8));

    assertThat(server.requestSizes()).startsWith(8, 4, 2, 1);
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).status()).isEqualTo(413);
    assertThat(letters.get(0).original()).isEqualTo("original 0");
    assertThat(server.documents()).hasSize(7);
  }

  @Test
  void keepsRejectedDocumentsWithReasonAndOriginal() throws Exception {
    server.itemErrors(
        d ->
            d.equals(document(5))
                ? "\"status\":400,\"error\":{\"type\":\"document_parsing_exception\","
                    + "\"reason\":\"failed to parse field [a]\","
                    + "\"caused_by\":{\"reason\":\"no number\"}}"
                : "");

    deliver(batch(10));

    assertThat(server.documents()).hasSize(9);
    assertThat(letters)
        .containsExactly(
            new DeadLetter(
                400,
                "document_parsing_exception",
                "failed to parse field [a]: no number",
                action(5),
                document(5),
                "original 5"));
    assertThat(metrics.rejected()).isEqualTo(1);
  }

  @Test
  void aBadRequestIsNarrowedDownToTheBadDocument() throws Exception {
    String error =
        "{\"error\":{\"type\":\"illegal_argument_exception\",\"reason\":\"bad\"},\"status\":400}";
    StubElasticsearch.Script bad =
        (request, store) ->
            request.containsValue(document(6))
                ? new StubElasticsearch.Answer(400, error)
                : new StubElasticsearch.Answer(200, store.apply(request));
    server.script(bad, bad, bad, bad, bad, bad, bad);

    deliver(batch(8));

    assertThat(server.documents()).hasSize(7);
    assertThat(letters).extracting(DeadLetter::original).containsExactly("original 6");
  }

  @Test
  void waitsUntilItIsLetIn() throws Exception {
    String body = "{\"error\":{\"type\":\"security_exception\"},\"status\":401}";
    List<String> told = new ArrayList<>();
    server.script(
        refuse(401, body),
        (request, store) -> {
          told.add(metrics.trouble().orElse("nothing"));
          return new StubElasticsearch.Answer(403, body);
        });

    deliver(batch(3));

    assertThat(told).containsExactly("Elasticsearch refuses us with 401");
    assertThat(metrics.trouble()).isEmpty();
    assertThat(server.documents()).hasSize(3);
    assertThat(letters).isEmpty();
  }

  /** The status is that of missing rights. */
  @Test
  void aBlockedClusterIsNotTakenForWrongCredentials() throws Exception {
    List<String> trouble = new ArrayList<>();
    server.script(
        refuse(403, CLUSTER_BLOCK),
        (request, store) -> {
          trouble.add(metrics.trouble().orElse("nothing"));
          return new StubElasticsearch.Answer(403, CLUSTER_BLOCK);
        });
    try (Told told = new Told(ElasticsearchSink.class)) {
      deliver(batch(3));
      assertThat(told.messages())
          .singleElement()
          .asString()
          .contains("blocked writing", "FORBIDDEN/6/cluster read-only", "to null")
          .doesNotContain("credentials");
    }
    assertThat(trouble).containsExactly("nothing");
    assertThat(server.documents()).hasSize(3);
    assertThat(letters).isEmpty();
  }

  @Test
  void whoWaitsForABlockedClusterIsToldToTryLater() throws Exception {
    server.script(refuse(403, CLUSTER_BLOCK), refuse(403, CLUSTER_BLOCK));
    try (ElasticsearchSink sink =
        ElasticsearchSink.openFor(
            ElasticsearchConfig.open(server.uri()), list(), metrics, Duration.ZERO)) {
      assertThatThrownBy(() -> sink.deliver(batch(1)))
          .isInstanceOfSatisfying(
              LogsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT))
          .hasMessageContaining("cluster read-only");
    }
  }

  @Test
  void anIndexThatIsBlockedBecauseADiskIsFullIsToldAsSuch() throws Exception {
    List<String> refused = new ArrayList<>();
    server.itemErrors(
        d -> {
          refused.add(d);
          return refused.size() > 2 ? "" : FLOOD;
        });
    try (Told told = new Told(ElasticsearchSink.class)) {
      deliver(batch(1));
      assertThat(told.messages())
          .singleElement()
          .asString()
          .contains("blocked writing", "read-only-allow-delete", "free space");
    }
    assertThat(server.documents()).hasSize(1);
    assertThat(letters).isEmpty();
  }

  @Test
  void documentsThatCannotBeKeptAreNotGivenUp() throws Exception {
    server.itemErrors(d -> d.equals(document(1)) ? "\"status\":400" : "");
    List<DeadLetter> kept = new ArrayList<>();
    List<Boolean> failing = new ArrayList<>();
    DeadLetters full =
        new DeadLetters() {
          private int failures = 2;

          @Override
          public void keep(Iterable<DeadLetter> these) {
            failing.add(metrics.isFailing());
            if (failures-- > 0) {
              throw new UncheckedIOException(new IOException("No space left on device"));
            }
            these.forEach(kept::add);
          }

          @Override
          public void close() {}
        };
    try (ElasticsearchSink sink =
        ElasticsearchSink.open(ElasticsearchConfig.open(server.uri()), full, metrics)) {
      sink.deliver(batch(3));
    }
    assertThat(kept).hasSize(1);
    assertThat(server.documents()).hasSize(2);
    assertThat(failing).containsExactly(false, true, true);
    assertThat(metrics.isFailing()).isFalse();
  }

  /** As where an index is closed, or the disk of the server is full: the requests succeed. */
  @Test
  void itFailsWhileAllDocumentsArePutOff() throws Exception {
    List<Boolean> failing = new ArrayList<>();
    server.itemErrors(
        d -> {
          failing.add(metrics.isFailing());
          return failing.size() <= 4
              ? "\"status\":403,\"error\":{\"type\":\"cluster_block_exception\"}"
              : "";
        });

    deliver(batch(2));

    assertThat(server.documents()).hasSize(2);
    assertThat(failing).containsExactly(false, false, true, true, true, true);
    assertThat(metrics.isFailing()).isFalse();
  }

  @Test
  void goesToTheNextServerIfOneIsGone() throws Exception {
    URI dead = stopped();
    deliver(ElasticsearchConfig.open(dead, server.uri()), batch(3));
    deliver(ElasticsearchConfig.open(server.uri(), dead), batch(4));
    assertThat(server.documents()).hasSize(4);
  }

  private static URI stopped() throws IOException {
    try (StubElasticsearch gone = new StubElasticsearch()) {
      return gone.uri();
    }
  }

  @Test
  void showsItsCredentials(@TempDir Path dir) throws Exception {
    Path secret = Files.writeString(dir.resolve("key"), "id:secret\n");
    SecretRef reference = SecretRef.of("file:" + secret);
    Duration timeout = Duration.ofSeconds(5);
    List<URI> urls = List.of(server.uri());
    deliver(new ElasticsearchConfig(urls, reference, null, null, null, timeout), batch(1));
    deliver(new ElasticsearchConfig(urls, null, "me", reference, null, timeout), batch(1));

    assertThat(server.authorizations())
        .containsExactly("ApiKey aWQ6c2VjcmV0", "Basic bWU6aWQ6c2VjcmV0");
  }

  @Test
  void stopsWhenInterrupted() throws Exception {
    StubElasticsearch.Script never = refuse(503, UNAVAILABLE);
    for (int i = 0; i < 100; i++) {
      server.script(never);
    }
    List<Throwable> ends = new ArrayList<>();
    Thread sender =
        new Thread(
            () -> {
              try {
                deliver(batch(3));
              } catch (InterruptedException e) {
                ends.add(e);
              }
            });
    sender.start();
    while (server.requestSizes().isEmpty()) {
      Thread.onSpinWait();
    }
    sender.interrupt();
    sender.join();
    assertThat(ends).hasSize(1);
  }

  private void deliver(DocumentBatch batch) throws InterruptedException {
    deliver(ElasticsearchConfig.open(server.uri()), batch);
  }

  private void deliver(ElasticsearchConfig config, DocumentBatch batch)
      throws InterruptedException {
    try (ElasticsearchSink sink = sink(config)) {
      sink.deliver(batch);
    }
  }

  private ElasticsearchSink sink(ElasticsearchConfig config) {
    return ElasticsearchSink.open(config, list(), metrics);
  }

  private DeadLetters list() {
    return new DeadLetters() {
      @Override
      public void keep(Iterable<DeadLetter> these) {
        these.forEach(letters::add);
      }

      @Override
      public void close() {}
    };
  }

  private static DocumentBatch batch(int items) {
    DocumentBatch batch = new DocumentBatch(1000);
    for (int i = 0; i < items; i++) {
      batch.body().raw((action(i) + '\n' + document(i) + '\n').getBytes(StandardCharsets.UTF_8));
      batch.originals().raw(("original " + i).getBytes(StandardCharsets.UTF_8));
      batch.endItem();
    }
    return batch;
  }

  private static String action(int i) {
    return "{\"create\":{\"_index\":\"logs-x-y\",\"_id\":\"" + i + "\"}}";
  }

  private static String document(int i) {
    return "{\"message\":\"line " + i + "\"}";
  }
}
