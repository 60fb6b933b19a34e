package io.nsqlops.backup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTaskTest {
  private static final UnixCron CRON = new UnixCron("0 2 * * *");
  private static final ZoneId UTC = ZoneId.of("UTC");

  @Test
  void aPruneWithoutRulesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduleTask.of(TaskKind.PRUNE, CRON, UTC));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeepRules(0, 0, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeepRules(3, -1, 0, 0, 0, 0));
  }

  @Test
  void optionsOfAnotherTaskAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ScheduleTask(
                    TaskKind.VERIFY, CRON, UTC, null, List.of("shop.*"), List.of(), null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ScheduleTask(
                    TaskKind.BACKUP, CRON, UTC, null, List.of(), List.of(), null, "1GiB"));
  }

  @Test
  void everyRuleHasItsFlag() {
    KeepRules more =
        new KeepRules(0, 0, 0, 0, 0, 0, Duration.ofHours(36), Map.of("why", "release"));
    assertThat(more.asFlags()).containsExactly("--keep-within=36h", "--keep-tag=why=release");
    assertThat(new KeepRules(1, 2, 3, 4, 5, 6).asFlags())
        .containsExactly(
            "--keep-last=1",
            "--keep-hourly=2",
            "--keep-daily=3",
            "--keep-weekly=4",
            "--keep-monthly=5",
            "--keep-yearly=6");
  }

  @Test
  void aTaskIsTheCommandOfItsName() {
    for (TaskKind kind : TaskKind.values()) {
      assertThat(TaskKind.parse(kind.command())).isEqualTo(kind);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskKind.parse("Backup"))
        .withMessageContaining("backup, prune, verify");
  }
}
