package io.nsqlops.testbeds.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.testbeds.BedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
  @TempDir Path directory;

  @Test
  void stopEndsTheProcessAndItsChildren() throws IOException {
    ServerProcess server = start("sleep 1000 & echo $! > child; touch ready; wait");
    ProcessHandle child = child();
    assertThat(server.isAlive()).isTrue();
    assertThat(child.isAlive()).isTrue();

    server.stop();

    assertThat(server.isAlive()).isFalse();
    assertThat(ProcessTree.isThere(child)).isFalse();
  }

  @Test
  void killEndsWhatIgnoresTerminationAndWhatLostItsParent() throws IOException {
    ServerProcess server = start("trap '' TERM; sleep 1000 & echo $! > child; touch ready; wait");
    ProcessHandle child = child();
    ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroyForcibly);

    server.kill();

    assertThat(server.isAlive()).isFalse();
    assertThat(ProcessTree.isThere(child)).isFalse();
  }

  @Test
  void killsToTheEndOnAnInterruptedThread() {
    // so many that some are left when it looks first
    ServerProcess server = start("for i in {1..60}; do sleep 1000 & done; : > ready; wait");
    List<ProcessHandle> children =
        ProcessHandle.of(server.pid()).orElseThrow().descendants().toList();
    Thread.currentThread().interrupt();

    server.kill();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.isAlive()).isFalse();
    assertThat(children).hasSize(60).noneMatch(ProcessTree::isThere);
  }

  @Test
  void restartRunsTheSameCommandAsAnotherProcess() throws IOException {
    ServerProcess server = start("echo started; touch ready; exec sleep 1000");
    long first = server.pid();

    server.restart();

    assertThat(server.pid()).isNotEqualTo(first);
    assertThat(Files.readAllLines(server.log())).containsExactly("started", "started");
    server.kill();
    server.stop();
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void anEarlyExitIsReportedWithTheLog() {
    assertThatThrownBy(() -> start("echo no such option; exit 3"))
        .isInstanceOf(BedException.class)
        .hasMessageContaining("toy exited with code 3 before it was ready")
        .hasMessageContaining("no such option");
  }

  @Test
  void aServerThatIsNeverReadyIsEndedAndReported() throws IOException {
    assertThatThrownBy(
            () -> start("echo still starting; echo $$ > child; sleep 1000", Duration.ofSeconds(3)))
        .isInstanceOf(BedException.class)
        .hasMessageContaining("toy was not ready within 3 s")
        .hasMessageContaining("still starting");
    assertThat(
            ProcessHandle.of(Long.parseLong(Files.readString(directory.resolve("child")).trim())))
        .isEmpty();
  }

  @Test
  void aMissingProgramIsReported() {
    ServerSpec spec = spec(List.of("/no/such/program"), Duration.ofSeconds(1));
    assertThatThrownBy(() -> ServerProcess.start(spec))
        .isInstanceOf(BedException.class)
        .hasMessageContaining("toy cannot be started");
  }

  private ServerProcess start(String script) {
    return start(script, Duration.ofSeconds(60));
  }

  private ServerProcess start(String script, Duration deadline) {
    return ServerProcess.start(spec(List.of("bash", "-c", script), deadline));
  }

  private ServerSpec spec(List<String> command, Duration deadline) {
    Path log = directory.resolve("log");
    Path ready = directory.resolve("ready");
    // Each start must earn its readiness.
    Probe probe = () -> Files.deleteIfExists(ready);
    return new ServerSpec("toy", command, directory, Map.of(), log, log, probe, deadline);
  }

  private ProcessHandle child() throws IOException {
    String pid = Files.readString(directory.resolve("child")).trim();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }
}
