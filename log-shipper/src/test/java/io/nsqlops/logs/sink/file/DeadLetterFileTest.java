package io.nsqlops.logs.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.logs.sink.DeadLetter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeadLetterFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir Path dir;

  @Test
  void appendsOneObjectALine() throws Exception {
    Path file = dir.resolve("dead-letters.ndjson");
    DeadLetter letter = new DeadLetter(400, "t", "re\"ason", "{\"a\":1}", "{\"d\":2}", "li\tne");
    try (DeadLetterFile letters = new DeadLetterFile(file, CLOCK)) {
      letters.keep(List.of(letter));
      letters.keep(List.of(letter, letter));
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3);
    JsonNode kept = new JsonMapper().readTree(lines.get(2));
    assertThat(kept.path("@timestamp").asString()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(kept.path("status").asInt()).isEqualTo(400);
    assertThat(kept.path("reason").asString()).isEqualTo("re\"ason");
    assertThat(kept.path("original").asString()).isEqualTo("li\tne");
    assertThat(kept.path("document").asString()).isEqualTo("{\"d\":2}");
    assertThat(kept.path("action").asString()).isEqualTo("{\"a\":1}");
  }

  @Test
  void aLetterCutOffByAKillDoesNotSpoilTheNext() throws Exception {
    Path file = dir.resolve("dead-letters.ndjson");
    DeadLetter letter = new DeadLetter(400, "t", "r", "{\"create\":{}}", "{\"d\":2}", "line");
    try (DeadLetterFile letters = new DeadLetterFile(file, CLOCK)) {
      letters.keep(List.of(letter, letter));
      byte[] two = Files.readAllBytes(file);
      for (int cut = two.length / 2 + 1; cut < two.length; cut++) {
        Files.write(file, Arrays.copyOf(two, cut));
        letters.keep(List.of(letter));
        boolean whole = cut == two.length - 1;
        assertThat(Files.readAllLines(file)).hasSize(whole ? 3 : 2).allMatch(this::isJson);
      }
    }
  }

  private boolean isJson(String line) {
    return new JsonMapper().readTree(line).isObject();
  }

  @Test
  void saysWhenItCannotKeepThem() {
    try (DeadLetterFile letters = new DeadLetterFile(dir.resolve("no/such/file"), CLOCK)) {
      List<DeadLetter> one = List.of(new DeadLetter(400, "t", "r", "a", "d", "o"));
      assertThatThrownBy(() -> letters.keep(one)).isInstanceOf(UncheckedIOException.class);
    }
  }
}
