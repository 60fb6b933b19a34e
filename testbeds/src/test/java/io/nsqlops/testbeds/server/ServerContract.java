package io.nsqlops.testbeds.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every server does; each has a subclass that starts it and puts a real question to it. */
abstract class ServerContract<S extends RunningServer> {
  @TempDir Path directory;

  abstract S start(Path home) throws Exception;

  /** Stores a value through the server's own protocol. */
  abstract void store(S server, String value) throws Exception;

  /** Reads back what was stored. */
  abstract String stored(S server) throws Exception;

  @Test
  void twoAtOnceAreTwoAndLeaveNoProcess() throws Exception {
    Path one = Files.createDirectory(directory.resolve("one"));
    Path two = Files.createDirectory(directory.resolve("two"));
    try (S first = start(one);
        S second = start(two)) {
      assertThat(second.port()).isNotEqualTo(first.port());
      store(first, "first");
      store(second, "second");
      assertThat(stored(first)).isEqualTo("first");
      assertThat(stored(second)).isEqualTo("second");
      assertThat(first.logFile()).isNotEmptyFile();
      assertThat(processesOf(one)).isNotEmpty();
    }
    assertThat(processesOf(directory)).isEmpty();
  }

  @Test
  void killLeavesNoProcessAndRestartServesAgain() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    try (S server = start(home)) {
      int port = server.port();
      server.kill();
      assertThat(server.isAlive()).isFalse();
      assertThat(processesOf(home)).isEmpty();

      server.restart();
      assertThat(server.isAlive()).isTrue();
      assertThat(server.port()).isEqualTo(port);
      store(server, "after");
      assertThat(stored(server)).isEqualTo("after");
    }
    assertThat(processesOf(directory)).isEmpty();
  }

  /** Processes that name the folder in their command line: all of our servers do. */
  private static List<String> processesOf(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }
}
