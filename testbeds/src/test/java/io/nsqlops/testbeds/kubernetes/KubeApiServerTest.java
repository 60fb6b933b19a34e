package io.nsqlops.testbeds.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsBed(Bed.KUBERNETES)
class KubeApiServerTest {
  @TempDir Path directory;

  @Test
  void survivesARestartAndLeavesNoProcess() {
    try (KubeApiServer server = KubeApiServer.start(directory)) {
      assertThat(server.isAlive()).isTrue();
      assertThat(server.kubeconfig()).contains(server.uri().toString(), "name: admin");
      assertThat(server.visitorKubeconfig()).contains("name: visitor");

      server.kill();
      assertThat(server.isAlive()).isFalse();

      server.restart();
      assertThat(server.isAlive()).isTrue();
    }
    assertThat(ProcessHandle.allProcesses().flatMap(p -> p.info().commandLine().stream()))
        .noneMatch(line -> line.contains(directory.toString()));
  }
}
