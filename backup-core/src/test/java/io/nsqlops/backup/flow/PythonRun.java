package io.nsqlops.backup.flow;

import io.nsqlops.testbeds.process.Command;
import io.nsqlops.testbeds.python.PythonReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of read_repository.py.
 *
 * @param output both streams
 */
record PythonRun(int exitCode, String output) {
  private static final Path PROGRAM =
      Path.of("src", "test", "python", "read_repository.py").toAbsolutePath();

  /** Reads a repository; with no passphrase if that is null, whatever our own environment holds. */
  static PythonRun of(Path repository, @Nullable String passphrase, String... options) {
    List<String> command = new ArrayList<>(List.of("env", "-u", "NSQL_OPS_PASSPHRASE"));
    if (passphrase != null) {
      command.add("NSQL_OPS_PASSPHRASE=" + passphrase);
    }
    command.add(PythonReader.interpreter().toString());
    command.add(PROGRAM.toString());
    command.add(repository.toString());
    command.addAll(List.of(options));
    Map<String, String> environment = Map.of("PYTHONDONTWRITEBYTECODE", "1");
    Command.Result result = Command.result(command, environment, repository, Duration.ofMinutes(5));
    byte[] bytes = result.output().getBytes(StandardCharsets.ISO_8859_1);
    return new PythonRun(result.exitCode(), new String(bytes, StandardCharsets.UTF_8));
  }
}
