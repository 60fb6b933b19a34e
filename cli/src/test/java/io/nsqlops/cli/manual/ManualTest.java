package io.nsqlops.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.Run;
import io.nsqlops.testbeds.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManualTest {
  private static final List<String> SOME_COMMANDS =
      List.of("init", "restore", "ship-logs", "manual");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void completionKnowsCommandsAndOptions(String shell) {
    Run run = Run.of("completion", shell);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains(SOME_COMMANDS).contains("existing", "passphrase-file");
  }

  @Test
  void bashCompletesACommand() throws Exception {
    Files.writeString(directory.resolve("script"), Run.of("completion", "bash").out());
    String completed =
        Command.run(
            List.of(
                "bash",
                "-c",
                "source ./script; COMP_WORDS=(nsql-ops resto); COMP_CWORD=1;"
                    + " $(complete -p nsql-ops | sed 's/.*-F \\([^ ]*\\).*/\\1/') 2> /dev/null;"
                    + " echo \"${COMPREPLY[@]}\""),
            Map.of(),
            directory,
            Duration.ofSeconds(20));

    assertThat(completed.strip()).isEqualTo("restore");
  }

  @Test
  void whatThereIsToChooseFromIsInLowerCase() {
    assertThat(Run.of("completion", "bash").out())
        .contains("(\"fail\" \"skip\" \"replace\")", "(\"list\" \"add\" \"remove\" \"rotate\")")
        .doesNotContainPattern("_args=\\(\"[A-Z]");
    assertThat(Run.of("list", "--output=xml").err()).contains("expected one of text, json but was");
    assertThat(Run.of("key", "destroy").err()).contains("one of list, add, remove, rotate but was");
  }

  @Test
  void theHelpOfVerifyIsIndentedThroughout() {
    assertThat(Run.of("verify", "--help").out()).doesNotContainPattern("(?m)^ {28}this one");
  }

  @Test
  void fishIsTold() {
    assertThat(Run.of("completion", "fish").out())
        .contains(
            "complete -c nsql-ops -n '__fish_seen_subcommand_from restore' -l existing -r"
                + " -f -a 'fail skip replace' -d ");
  }

  @Test
  void everyCommandHasAPage() throws Exception {
    Run run = Run.of("manual", directory.toString());

    assertThat(run.code()).as(run.err()).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .contains("nsql-ops.1", "nsql-ops-backup.1", "nsql-ops-ship-logs.1");
    }
    String page = Files.readString(directory.resolve("nsql-ops-restore.1"));
    assertThat(page).startsWith(".TH NSQL-OPS-RESTORE 1").contains(".SH SYNOPSIS");
    assertThat(page).contains(".B \\-\\-existing=fail|skip|replace");
    assertThat(page.lines())
        .noneMatch(l -> l.startsWith(".") && !l.matches("\\.(TH|SH|TP|B|nf|fi).*"));
  }

  @Test
  void anUnknownShellIsRefused() {
    assertThat(Run.of("completion", "tcsh").code()).isEqualTo(2);
  }
}
