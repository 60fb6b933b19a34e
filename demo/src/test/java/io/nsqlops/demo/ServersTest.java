package io.nsqlops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsBed(Bed.ELASTICSEARCH)
class ServersTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsStartedAnyMoreAfterClose(boolean interrupted) {
    Narrator narrator = new Narrator(new PrintStream(OutputStream.nullOutputStream()));
    Servers servers = new Servers(directory, narrator);
    servers.beginSearch();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }

    servers.close();

    assertThat(Thread.interrupted()).isEqualTo(interrupted);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("elasticsearch-start"));
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }
}
