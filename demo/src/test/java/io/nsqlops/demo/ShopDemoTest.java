package io.nsqlops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NeedsBed({Bed.MARIADB, Bed.ELASTICSEARCH})
@Timeout(900)
class ShopDemoTest {
  @TempDir Path directory;

  @Test
  void tellsTheWholeStoryAndProvesIt() throws Exception {
    try (DemoProcess demo = DemoProcess.start(directory, "--output", "json")) {
      assertThat(demo.exitCode()).as(demo.err()).isZero();

      assertThat(demo.err())
          .containsSubsequence(
              "$ nsql-ops init",
              "$ nsql-ops backup",
              "$ nsql-ops list",
              "$ nsql-ops show",
              "DROP DATABASE crm",
              "200 rows only in the first",
              "crm.tickets: only in the first",
              "(exit code 4)",
              "$ nsql-ops restore",
              "all rows were read back and are equal",
              "equal: 10 tables, every row",
              "$ nsql-ops ship-logs",
              ".gz",
              "$ nsql-ops ship-logs",
              "The schedule fires",
              "The schedule fires");
      JsonNode report = JsonMapper.shared().readTree(demo.out());
      assertThat(report.path("rows").asLong()).isGreaterThanOrEqualTo(12_000);
      assertThat(report.path("bytes").asLong()).isGreaterThan(report.path("storedBytes").asLong());
      assertThat(report.path("logEvents").asLong()).isGreaterThan(60_000);
      assertThat(report.path("lastBackupNewBytes").asLong())
          .isPositive()
          .isLessThan(report.path("storedBytes").asLong());
      assertThat(report.path("proven").size()).isEqualTo(3);
      assertThat(demo.nothingLeft()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Everything happens in", "$ nsql-ops backup", "$ nsql-ops restore"})
  void interruptedLeavesNothingBehind(String moment) throws Exception {
    try (DemoProcess demo = DemoProcess.start(directory)) {
      demo.awaitTold(moment);
      demo.signal("INT");

      assertThat(demo.exitCode()).as(demo.err()).isEqualTo(130);
      assertThat(demo.nothingLeft()).isTrue();
    }
  }

  @Test
  void killedLeavesNothingBehindEither() throws Exception {
    try (DemoProcess demo = DemoProcess.start(directory)) {
      demo.awaitTold("$ nsql-ops init");
      demo.signal("KILL");

      assertThat(demo.exitCode()).isEqualTo(137);
      demo.awaitNothingLeft();
    }
  }

  @Test
  void aFailureInsideIsToldAndEndsWithOne() throws Exception {
    try (DemoProcess demo = DemoProcess.start(directory)) {
      demo.awaitTold("$ nsql-ops restore");
      demo.killServer("mariadbd");

      assertThat(demo.exitCode()).as(demo.err()).isEqualTo(1);
      assertThat(demo.err()).contains("ERROR: the demonstration failed: nsql-ops restore");
      assertThat(demo.nothingLeft()).isTrue();
    }
  }
}
