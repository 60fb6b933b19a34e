package io.nsqlops.testbeds.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.cache.BedCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class NeedsBedTest {
  @TempDir Path cache;

  @Test
  void aTestIsSkippedWithTheCommandThatInstallsItsServer() throws Exception {
    assertThat(run()).isEqualTo("skipped: no TIDB here: run testbeds/install tidb");
  }

  @Test
  void aTestRunsWhereItsServerIsInstalled() throws Exception {
    new BedCache(cache).require("tidb", "1", folder -> Files.createFile(folder.resolve("x")));
    assertThat(run()).isEqualTo("ran");
  }

  @Test
  void scriptsThatKeepAStampCountAsInstalled() throws IOException, InterruptedException {
    Files.createDirectory(cache.resolve("tidb"));
    Files.createFile(cache.resolve("tidb").resolve("STAMP"));
    assertThat(run()).isEqualTo("ran");
  }

  /** Runs {@link Sample} in a JVM whose cache is ours, since the cache is found by environment. */
  private String run() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Runner.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("NSQL_OPS_TESTBEDS", cache.toString());
    Process jvm = builder.start();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
      String text = output.lines().collect(Collectors.joining("\n"));
      assertThat(jvm.waitFor()).isZero();
      return text;
    }
  }

  /** Prints what became of the sample's only test. */
  static final class Runner {
    private Runner() {}

    public static void main(String[] arguments) {
      EngineTestKit.engine("junit-jupiter")
          .selectors(DiscoverySelectors.selectClass(Sample.class))
          .execute()
          .testEvents()
          .stream()
          .forEach(Runner::print);
    }

    private static void print(Event event) {
      switch (event.getType()) {
        case SKIPPED -> System.out.println("skipped: " + event.getRequiredPayload(String.class));
        case FINISHED -> System.out.println("ran");
        default -> {}
      }
    }
  }

  /** Not run by the build itself: its name does not look like a test's. */
  static final class Sample {
    @Test
    @NeedsBed(Bed.TIDB)
    void ask() {
      assertThat(Bed.TIDB.missing()).isEmpty();
    }
  }
}
