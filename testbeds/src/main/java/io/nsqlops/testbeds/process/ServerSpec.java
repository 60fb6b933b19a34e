package io.nsqlops.testbeds.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a server is started and how one sees that it is ready.
 *
 * @param name what messages call it
 * @param directory its working directory; must exist
 * @param environment added to the environment of this JVM
 * @param output takes what the process prints, appended
 * @param log the log the server writes itself; the same as {@code output} where it writes none
 * @param deadline the longest time from start to ready
 */
public record ServerSpec(
    String name,
    List<String> command,
    Path directory,
    Map<String, String> environment,
    Path output,
    Path log,
    Probe ready,
    Duration deadline) {

  public ServerSpec {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no command for " + name);
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
