package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.flow.DeadLetterSummary.Group;
import io.nsqlops.logs.sink.DeadLetter;
import io.nsqlops.logs.sink.KeptLetters.Kept;
import io.nsqlops.logs.sink.elasticsearch.DeliveryMetrics;
import io.nsqlops.logs.sink.elasticsearch.ElasticsearchSink;
import io.nsqlops.logs.sink.elasticsearch.StubElasticsearch;
import io.nsqlops.logs.sink.file.DeadLetterFile;
import io.nsqlops.logs.sink.file.KeptLetterFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReplayDeadLettersTest {
  private static final String UNAVAILABLE = "{\"error\":{\"type\":\"x\"},\"status\":503}";

  @TempDir Path dir;
  private StubElasticsearch server;
  private DeadLetterFile file;

  @BeforeEach
  void start() throws IOException {
    server = new StubElasticsearch();
    file = new DeadLetterFile(path(), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path path() {
    return dir.resolve(DeadLetterFile.NAME);
  }

  @Test
  void sendsAllOfThemAndKeepsWhatIsRefusedAgain() throws Exception {
    file.keep(letters(0, 1000));
    server.itemErrors(
        d ->
            d.contains("\"7\"")
                ? "\"status\":400,\"error\":{\"type\":\"strict\",\"reason\":\"still bad\"}"
                : "");

    ReplayDeadLetters replay = replay(2000, Duration.ofSeconds(30));

    assertThat(server.documents()).hasSize(999).containsEntry(action(8), document(8));
    assertThat(server.requestSizes()).hasSizeGreaterThan(10);
    assertThat(replay.accepted()).isEqualTo(999);
    assertThat(replay.refused()).isEqualTo(1);
    assertThat(left())
        .containsExactly(
            new DeadLetter(400, "strict", "still bad", action(7), document(7), "original 7"));
  }

  @Test
  void whatIsThereByNowIsAccepted() throws Exception {
    file.keep(letters(0, 5));
    file.keep(letters(0, 5));

    assertThat(replay(100_000, Duration.ofSeconds(30)).accepted()).isEqualTo(10);
    assertThat(server.documents()).hasSize(5);
    assertThat(left()).isEmpty();
  }

  @Test
  void givesUpAndKeepsWhatWasNotSent() throws Exception {
    file.keep(letters(0, 100));
    StubElasticsearch.Script never = StubElasticsearch.refuse(503, UNAVAILABLE);
    server.script((request, store) -> new StubElasticsearch.Answer(200, store.apply(request)));
    for (int i = 0; i < 1000; i++) {
      server.script(never);
    }

    assertThatThrownBy(() -> replay(1000, Duration.ofMillis(300)))
        .isInstanceOfSatisfying(
            LogsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
              assertThat(e).hasMessageContaining("503");
            });
    int sent = server.documents().size();
    assertThat(sent).isBetween(1, 50);
    assertThat(left()).containsExactlyElementsOf(letters(sent, 100));
  }

  @Test
  void saysAtOnceThatItIsNotLetIn() {
    file.keep(letters(0, 2));
    server.script(StubElasticsearch.refuse(401, "{\"error\":{\"type\":\"security_exception\"}}"));

    assertThatThrownBy(() -> replay(1000, Duration.ofHours(1)))
        .isInstanceOfSatisfying(
            LogsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE));
    assertThat(left()).hasSize(2);
  }

  @Test
  void countsByDataStreamAndReason() {
    DeadLetterSummary summary = new DeadLetterSummary();
    file.keep(letters(0, 3));
    file.keep(
        List.of(
            new DeadLetter(413, "document_too_large", "", action(9), document(9), "o"),
            new DeadLetter(
                400, "t", "value 'ab' at 3", "{\"create\":{\"_index\":\"logs-a-b\"}}", "{}", "o"),
            new DeadLetter(
                400, "t", "value 'c' at 44", "{\"create\":{\"_index\":\"logs-a-b\"}}", "{}", "o")));
    try (KeptLetterFile kept = KeptLetterFile.toRead(path())) {
      Optional<Kept> next = kept.next();
      while (next.isPresent()) {
        summary.add(next.get());
        next = kept.next();
      }
    }

    assertThat(summary.letters()).isEqualTo(6);
    assertThat(summary.groups())
        .extracting(Group::stream, Group::status, Group::count)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("logs-x-y", 400, 3L),
            org.assertj.core.groups.Tuple.tuple("logs-a-b", 400, 2L),
            org.assertj.core.groups.Tuple.tuple("logs-x-y", 413, 1L));
  }

  private ReplayDeadLetters replay(int batchBytes, Duration patience) throws InterruptedException {
    try (KeptLetterFile kept = KeptLetterFile.toReplay(path(), Clock.systemUTC())) {
      ReplayDeadLetters replay = new ReplayDeadLetters(kept, batchBytes);
      ElasticsearchConfig config = ElasticsearchConfig.open(server.uri());
      replay.run(
          refused -> ElasticsearchSink.openFor(config, refused, new DeliveryMetrics(), patience));
      return replay;
    }
  }

  private List<DeadLetter> left() {
    List<DeadLetter> left = new ArrayList<>();
    try (KeptLetterFile kept = KeptLetterFile.toRead(path())) {
      Optional<Kept> next = kept.next();
      while (next.isPresent()) {
        left.add(next.get().letter());
        next = kept.next();
      }
    }
    return left;
  }

  private static List<DeadLetter> letters(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                new DeadLetter(400, "t", "field 'f" + i + "'", action(i), document(i), original(i)))
        .toList();
  }

  private static String original(int i) {
    return "original " + i;
  }

  private static String action(int i) {
    return "{\"create\":{\"_index\":\"logs-x-y\",\"_id\":\"" + i + "\"}}";
  }

  private static String document(int i) {
    return "{\"message\":\"" + i + "\"}";
  }
}
