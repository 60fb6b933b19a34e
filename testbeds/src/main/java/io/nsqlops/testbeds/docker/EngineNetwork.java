package io.nsqlops.testbeds.docker;

import io.nsqlops.testbeds.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What dockerd changes in the machine's network and leaves behind: forwarding is switched on, the
 * policy of FORWARD becomes DROP, there are chains and rules of its own and a bridge.
 */
final class EngineNetwork {
  private static final Path ROOT = Path.of("/");
  private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");
  private static final Path BRIDGE = Path.of("/sys/class/net/docker0");
  private static final Duration AT_MOST = Duration.ofSeconds(30);

  private final String forwarding;
  private final boolean forwardsByDefault;

  private EngineNetwork(String forwarding, boolean forwardsByDefault) {
    this.forwarding = forwarding;
    this.forwardsByDefault = forwardsByDefault;
  }

  /** Process id of an engine that runs on this machine. */
  static Optional<Long> otherEngine() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().filter(c -> c.endsWith("/dockerd")).isPresent())
        .map(ProcessHandle::pid)
        .findFirst();
  }

  static EngineNetwork before() throws IOException {
    return new EngineNetwork(
        Files.readString(FORWARDING), !run("iptables-save").contains(":FORWARD DROP"));
  }

  /** Takes away what an engine that is gone has left, and puts back what it changed. */
  void restore() {
    try {
      String undo = IptablesUndo.of(run("iptables-save"), forwardsByDefault);
      if (!undo.isEmpty()) {
        Path script = Files.createTempFile("nsql-ops-testbeds", ".iptables");
        try {
          Files.writeString(script, undo);
          run("iptables-restore", "--noflush", script.toString());
        } finally {
          Files.deleteIfExists(script);
        }
      }
      if (Files.exists(BRIDGE)) {
        run("ip", "link", "delete", "docker0");
      }
      Files.writeString(FORWARDING, forwarding);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(String... command) {
    return Command.run(List.of(command), Map.of(), ROOT, AT_MOST);
  }
}
