package io.nsqlops.testbeds.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveProcessesTest {
  @TempDir Path directory;

  @Test
  void aTerminatedJvmTakesItsServersWithIt() throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle server = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
      assertThat(server.isAlive()).isTrue();

      jvm.destroy();

      assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(new ProcessTree(server).await(Duration.ofSeconds(10))).isTrue();
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** A program that starts a server and would hold it for ever. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws InterruptedException {
      Path directory = Path.of(arguments[0]);
      Path log = directory.resolve("log");
      ServerProcess server =
          ServerProcess.start(
              new ServerSpec(
                  "toy",
                  List.of("bash", "-c", "trap '' TERM INT; sleep 1000; sleep 1000"),
                  directory,
                  Map.of(),
                  log,
                  log,
                  () -> true,
                  Duration.ofSeconds(10)));
      System.out.println(server.pid());
      Thread.currentThread().join();
    }
  }
}
