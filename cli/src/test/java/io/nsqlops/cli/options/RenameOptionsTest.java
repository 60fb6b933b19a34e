package io.nsqlops.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.backup.error.OpsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RenameOptionsTest {

  @Command
  static final class Renaming {
    @Mixin RenameOptions renames = new RenameOptions();
  }

  private static Map<String, String> names(String... arguments) {
    return CommandLine.populateCommand(new Renaming(), arguments).renames.names();
  }

  @Test
  void theSameTwiceIsOnce() {
    assertThat(names("--rename", "a=b", "--rename", "c.t=d.u", "--rename", "a=b"))
        .isEqualTo(Map.of("a", "b", "c.t", "d.u"));
  }

  @Test
  void oneNameDoesNotBecomeTwo() {
    assertThatThrownBy(() -> names("--rename", "a=b", "--rename", "a=c"))
        .isInstanceOf(OpsException.class)
        .hasMessage("a is to become both b and c");
  }

  @Test
  void whatSaysNothingIsRefused() {
    assertThatThrownBy(() -> names("--rename", "a"))
        .isInstanceOf(OpsException.class)
        .hasMessageContaining("does not say what becomes what");
  }
}
