package io.nsqlops.testbeds.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.testbeds.BedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
  @TempDir Path directory;

  @Test
  void givesWhatTheProgramPrintsInItsFolderWithItsEnvironment() {
    String output =
        Command.run(sh("pwd; echo $GREETING >&2"), Map.of("GREETING", "hi"), directory, minute());
    assertThat(output).isEqualTo(directory + "\nhi\n");
  }

  @Test
  void aFailureCarriesTheOutput() {
    assertThatThrownBy(() -> Command.run(sh("echo oops; exit 4"), Map.of(), directory, minute()))
        .isInstanceOf(BedException.class)
        .hasMessageContaining("code 4")
        .hasMessageContaining("oops");
  }

  @Test
  void aProgramThatDoesNotEndIsKilled() {
    assertThatThrownBy(
            () ->
                Command.run(
                    sh("echo waiting; sleep 1000"), Map.of(), directory, Duration.ofSeconds(3)))
        .isInstanceOf(BedException.class)
        .hasMessageContaining("did not end within 3 s")
        .hasMessageContaining("waiting");
  }

  private static List<String> sh(String script) {
    return List.of("sh", "-c", script);
  }

  private static Duration minute() {
    return Duration.ofMinutes(1);
  }
}
