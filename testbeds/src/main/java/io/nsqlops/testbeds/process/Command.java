package io.nsqlops.testbeds.process;

import io.nsqlops.testbeds.BedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end, with what it printed. */
public final class Command {

  /** How a program ended. */
  public record Result(int exitCode, String output) {}

  private Command() {}

  /**
   * Runs a program and expects exit code 0.
   *
   * @return what it printed, both streams mixed
   * @throws BedException with its output otherwise
   */
  public static String run(
      List<String> command, Map<String, String> environment, Path directory, Duration atMost) {
    Result result = result(command, environment, directory, atMost);
    if (result.exitCode() != 0) {
      throw new BedException(
          command.get(0) + " ended with code " + result.exitCode() + ":\n" + result.output());
    }
    return result.output();
  }

  /** Runs a program to its end, whatever its exit code. */
  public static Result result(
      List<String> command, Map<String, String> environment, Path directory, Duration atMost) {
    try {
      Path output = Files.createTempFile("nsql-ops-testbeds", ".out");
      try {
        return run(command, environment, directory, atMost, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new BedException(command.get(0) + " cannot be run: " + e.getMessage(), e);
    }
  }

  private static Result run(
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Duration atMost,
      Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    LiveProcesses.Started started = LiveProcesses.start(builder);
    boolean ended = false;
    try {
      ended = started.process().waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BedException(command.get(0) + " was interrupted", e);
    } finally {
      if (!ended) {
        started.tree().kill();
      }
      LiveProcesses.ended(started);
    }
    String text = Files.readString(output, StandardCharsets.ISO_8859_1);
    if (!ended) {
      throw new BedException(
          command.get(0) + " did not end within " + atMost.toSeconds() + " s:\n" + text);
    }
    return new Result(started.process().exitValue(), text);
  }
}
