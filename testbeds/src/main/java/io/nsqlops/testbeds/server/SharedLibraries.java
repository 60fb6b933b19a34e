package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The shared libraries a program wants from the machine. */
final class SharedLibraries {
  private static final Pattern MISSING =
      Pattern.compile("^\\s*(\\S+) => not found", Pattern.MULTILINE);

  private SharedLibraries() {}

  /** Those the dynamic loader does not find, by name, such as {@code libaio.so.1}. */
  static List<String> missing(Path program) {
    Command.Result result =
        Command.result(
            List.of("ldd", program.toString()), Map.of(), Path.of("/"), Duration.ofSeconds(30));
    return MISSING.matcher(result.output()).results().map(match -> match.group(1)).toList();
  }
}
