package io.nsqlops.testbeds.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@NeedsBed(Bed.DOCKER)
class DockerEngineTest {
  @TempDir Path directory;

  @Test
  void buildsAndRunsAnImageAndLeavesNothing() throws IOException {
    String before = network();
    try (DockerEngine engine = DockerEngine.start(directory.resolve("engine"))) {
      assertThat(engine.isAlive()).isTrue();
      Path context = Files.createDirectory(directory.resolve("context"));
      Files.writeString(context.resolve("greeting"), "hello");
      Files.writeString(
          context.resolve("Dockerfile"),
          "ARG BASE\nFROM $BASE\nCOPY greeting /\nRUN cat greeting greeting > twice\n");

      engine.docker(
          "build", "--build-arg=BASE=" + DockerEngine.BASE_IMAGE, "-t", "greeter", "" + context);

      assertThat(engine.docker("run", "--rm", "greeter", "cat", "/twice")).isEqualTo("hellohello");
      assertThat(engine.docker("run", "--rm", "greeter", "java", "-version")).contains("17.");
      assertThat(engine.result("run", "--rm", "greeter", "sh", "-c", "exit 75").exitCode())
          .isEqualTo(75);
      engine.docker("run", "--detach", "greeter", "sleep", "1000");
    }
    assertThat(rules()).doesNotContainIgnoringCase("docker");
    assertThat(network()).isEqualTo(before);
    assertThat(Path.of("/sys/class/net/docker0")).doesNotExist();
    assertThat(ProcessHandle.allProcesses().flatMap(p -> p.info().commandLine().stream()))
        .noneMatch(line -> line.contains(directory.toString()));
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
  }

  /** Forwarding and rules, without those that a killed engine may have left before this test. */
  private static String network() throws IOException {
    return Files.readString(Path.of("/proc/sys/net/ipv4/ip_forward"))
        + rules().replaceAll("(?im)^.*docker.*\n", "");
  }

  /** The rules of iptables without comments, counters and tables that hold none. */
  private static String rules() {
    return Command.run(List.of("iptables-save"), Map.of(), Path.of("/"), Duration.ofSeconds(30))
        .replaceAll("(?m)^#.*\n", "")
        .replaceAll(" \\[\\d+:\\d+]", "")
        .replaceAll("\\*\\w+\n(:\\w+ ACCEPT\n)*COMMIT\n", "");
  }
}
