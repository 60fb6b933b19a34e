package io.nsqlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.error.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ManifestsTest {
  @TempDir Path directory;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    config =
        Files.writeString(
            directory.resolve("nsql-ops.yaml"),
            """
            cluster: shop
            source: tidb://backup@tidb.db:4000
            repository: s3://backups/shop?region=eu-west-1
            secrets: { db-password: env:DB, passphrase: env:PHRASE }
            schedule:
              - { task: backup, cron: "0 2 * * *" }
            logs:
              state-directory: /var/lib/nsql-ops
              sources:
                - { paths: ["/var/log/pods/*/*/*.log"], envelope: cri, format: auto }
              elasticsearch: { urls: ["http://es:9200"] }
            """);
  }

  @Test
  void printsAStreamThatKubectlReads() {
    Run run = Run.of("manifests", "--config=" + config);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("---").contains("kind: \"CronJob\"");
  }

  @Test
  void printsTheSameObjectsAsOneDocument() {
    Run run = Run.of("manifests", "--config=" + config, "--output=json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode list = run.json();
    assertThat(list.path("kind").asString()).isEqualTo("List");
    assertThat(list.path("items"))
        .extracting(item -> item.path("kind").asString())
        .contains("Namespace", "ServiceAccount", "ConfigMap", "CronJob", "Job", "DaemonSet");
  }

  /** The objects speak of exit codes by number; the numbers must be those of this program. */
  @Test
  void jobsGiveUpWhereTryingAgainIsUseless() {
    Set<Integer> hopeless =
        Stream.of(
                ErrorKind.USAGE,
                ErrorKind.PARTIAL,
                ErrorKind.VERIFICATION_FAILED,
                ErrorKind.NO_REPOSITORY,
                ErrorKind.WRONG_KEY)
            .map(ExitCodes::of)
            .collect(Collectors.toSet());
    List<JsonNode> rules =
        Run.of("manifests", "--config=" + config, "--output=json").json().findValues("onExitCodes");

    assertThat(rules).as("of the CronJob and the restore Job").hasSize(2);
    for (JsonNode rule : rules) {
      Set<Integer> codes = new TreeSet<>();
      rule.path("values").forEach(code -> codes.add(code.asInt()));
      assertThat(codes).isEqualTo(hopeless);
    }
  }

  @Test
  void reportsEveryProblemOfTheFile() throws IOException {
    Files.writeString(config, "cluster: NOT GOOD\nno-such-key: 1\n");

    Run run = Run.of("manifests", "--config=" + config);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("cluster").contains("no-such-key").contains("HINT: ");
  }
}
