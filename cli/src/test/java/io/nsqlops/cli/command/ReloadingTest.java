package io.nsqlops.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.config.ConfigFile;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.flow.ShipLogs;
import io.nsqlops.logs.flow.ShipperMetrics;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of SIGHUP, whenever it comes. */
@Timeout(30)
class ReloadingTest {
  @TempDir Path directory;
  private final List<String> said = new ArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private Path file;
  private LogsConfig config;
  private Reloading reloading;
  private Optional<LogsException> obstacle = Optional.empty();

  @BeforeEach
  void begin() throws IOException {
    file = directory.resolve("nsql-ops.yaml");
    config = watching("first");
    reloading = new Reloading(file, config, this::open, said::add, failures::incrementAndGet);
  }

  @Test
  void theShipperEndsAndTheNextHasTheNewConfiguration() throws Exception {
    ShipLogs first = shipper(config);
    reloading.restartBy(first);
    watching("second");

    reloading.wanted();

    assertThat(first.run(ShipLogs.Until.STOPPED)).isTrue();
    assertThat(reloading.isAgain()).isTrue();
    assertThat(watched(reloading.next())).isEqualTo("second.log");
    assertThat(reloading.isAgain()).isFalse();
  }

  @Test
  void aSignalBetweenTwoShippersIsNotForgotten() throws Exception {
    reloading.restartBy(shipper(config));
    watching("second");
    reloading.wanted();
    LogsConfig next = reloading.next();
    watching("third");

    reloading.wanted();
    ShipLogs second = shipper(next);
    reloading.restartBy(second);

    assertThat(second.run(ShipLogs.Until.STOPPED)).isTrue();
    assertThat(reloading.isAgain()).isTrue();
    assertThat(watched(reloading.next())).isEqualTo("third.log");
  }

  @Test
  void whatCannotBeUsedChangesNothing() throws IOException {
    reloading.restartBy(shipper(config));
    Files.writeString(file, "logs: { sources: [] }");

    reloading.wanted();

    assertThat(reloading.isAgain()).isFalse();
    assertThat(said).singleElement().asString().contains("goes on as before");
    assertThat(failures).hasValue(1);
  }

  /** As a file of a secret that is not there. */
  @Test
  void whatCanBeReadButNotUsedChangesNothingEither() throws IOException {
    ShipLogs first = shipper(config);
    reloading.restartBy(first);
    watching("second");
    obstacle =
        Optional.of(
            new LogsException(ErrorKind.USAGE, "file:/key", "the secret cannot be read", ""));

    reloading.wanted();

    assertThat(reloading.isAgain()).isFalse();
    assertThat(said)
        .singleElement()
        .asString()
        .contains("goes on as before: file:/key: the secret");

    obstacle = Optional.empty();
    reloading.wanted();
    assertThat(reloading.isAgain()).isTrue();
    assertThat(watched(reloading.next())).isEqualTo("second.log");
  }

  private void open(LogsConfig read) {
    obstacle.ifPresent(
        e -> {
          throw e;
        });
  }

  private static ShipLogs shipper(LogsConfig config) {
    return new ShipLogs(config, new MemorySink(), new ShipperMetrics());
  }

  private static String watched(LogsConfig config) {
    return Path.of(config.sources().get(0).paths().get(0)).getFileName().toString();
  }

  /** Writes a configuration that watches this file. */
  private LogsConfig watching(String name) throws IOException {
    Files.writeString(
        file,
        """
        logs:
          state-directory: %s
          sources:
            - { paths: ["%s"], format: plain }
          elasticsearch: { urls: ["http://127.0.0.1:1"] }
        """
            .formatted(directory.resolve("state"), directory.resolve(name + ".log")));
    return ConfigFile.read(file).logs().orElseThrow();
  }
}
