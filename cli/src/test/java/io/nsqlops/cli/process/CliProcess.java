package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * nsql-ops as a process of its own. Whatever it prints, and its command line, must not hold the
 * secrets it was given.
 */
final class CliProcess {
  static final String PASSWORD = "db-S3cret-word";
  static final String PASSPHRASE = "correct horse battery";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** What a test that failed has left running is not to outlive this JVM. */
  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final Path out;
  private final Path err;
  private final List<String> secrets;

  private CliProcess(Process process, Path out, Path err, List<String> secrets) {
    this.process = process;
    this.out = out;
    this.err = err;
    this.secrets = secrets;
    STARTED.add(process);
  }

  /** The command lines of one test: same secrets, same directory for output. */
  static final class Lines {
    private final Path directory;
    private final Map<String, String> environment = new LinkedHashMap<>();

    Lines(Path directory) {
      this.directory = directory;
      environment.put("NSQL_OPS_DB_PASSWORD", PASSWORD);
      environment.put("NSQL_OPS_PASSPHRASE", PASSPHRASE);
    }

    /** With this variable; an empty value takes it away. */
    Lines with(String name, String value) {
      Lines other = new Lines(directory);
      other.environment.putAll(environment);
      other.environment.put(name, value);
      return other;
    }

    /** Runs a command to its end. */
    Run run(String... arguments) {
      return start(arguments).finish().documented(List.of(arguments));
    }

    /** Runs a command that must succeed. */
    Run done(String... arguments) {
      Run run = run(arguments);
      assertThat(run.code()).as(run.out() + run.err()).isZero();
      return run;
    }

    CliProcess start(String... arguments) {
      // Whoever runs the tests with nohup has SIGHUP ignored, by all that comes of it.
      List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP"));
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add("io.nsqlops.cli.Main");
      command.addAll(List.of(arguments));
      try {
        Path out = Files.createTempFile(directory, "stdout", "");
        Path err = Files.createTempFile(directory, "stderr", "");
        ProcessBuilder builder =
            new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        environment.forEach(
            (name, value) -> {
              if (value.isEmpty()) {
                builder.environment().remove(name);
              } else {
                builder.environment().put(name, value);
              }
            });
        CliProcess started =
            new CliProcess(builder.start(), out, err, List.of(PASSWORD, PASSPHRASE));
        started.checkCommandLine();
        return started;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void checkCommandLine() throws IOException {
    Path file = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
    if (Files.exists(file)) {
      assertThat(Files.readString(file)).doesNotContain(secrets);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether stderr holds this text by now. */
  boolean said(String text) throws IOException {
    return said().contains(text);
  }

  /** What stderr holds by now. */
  String said() throws IOException {
    return Files.readString(err);
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
  }

  /** As {@code kill}. */
  void terminate() {
    process.destroy();
  }

  /** As {@code kill -HUP}. */
  void hangUp() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).start().waitFor();
  }

  /** Waits for the end. */
  Run finish() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("did not end: " + Files.readString(err));
      }
      Run run = new Run(process.exitValue(), Files.readString(out), Files.readString(err));
      assertThat(run.out() + run.err()).doesNotContain(secrets);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
