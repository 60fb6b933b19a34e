package io.nsqlops.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskScheduleTest {
  private static final String YEARLY = "0 0 1 1 *";

  @Test
  void firesByTheSecond() throws InterruptedException {
    CountDownLatch twice = new CountDownLatch(2);
    TimedTask task =
        new TimedTask("t", "* * * * * *", ZoneOffset.UTC, Optional::empty, twice::countDown);

    try (TaskSchedule schedule = TaskSchedule.start(List.of(task), Clock.systemUTC())) {
      assertThat(twice.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(schedule.finish(Duration.ofSeconds(60))).isTrue();
    }
  }

  @Test
  void catchesUpOnceWhatWasMissedWhileNobodyRan() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    Instant longAgo = Instant.parse("2001-02-03T04:05:06Z");
    TimedTask missed =
        new TimedTask("m", YEARLY, ZoneOffset.UTC, () -> Optional.of(longAgo), ran::countDown);

    try (TaskSchedule schedule = TaskSchedule.start(List.of(missed), Clock.systemUTC())) {
      assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
      schedule.stop();
      schedule.awaitStop();
    }
  }

  @Test
  void runsNothingAtTheStartThatWasNotMissed() {
    AtomicInteger runs = new AtomicInteger();
    TimedTask done =
        new TimedTask(
            "d", YEARLY, ZoneOffset.UTC, () -> Optional.of(Instant.now()), runs::incrementAndGet);
    TimedTask never =
        new TimedTask("n", YEARLY, ZoneOffset.UTC, Optional::empty, runs::incrementAndGet);

    try (TaskSchedule schedule = TaskSchedule.start(List.of(done, never), Clock.systemUTC())) {
      assertThat(schedule.finish(Duration.ofSeconds(60))).isTrue();
    }
    assertThat(runs).hasValue(0);
  }

  @Test
  void waitsForARunningTaskOnlyUntilTheDeadline() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TimedTask slow =
        new TimedTask(
            "s",
            "* * * * * *",
            ZoneOffset.UTC,
            Optional::empty,
            () -> {
              begun.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    try (TaskSchedule schedule = TaskSchedule.start(List.of(slow), Clock.systemUTC())) {
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(schedule.finish(Duration.ofMillis(100))).isFalse();
      release.countDown();
      assertThat(schedule.finish(Duration.ofSeconds(60))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0 2 * * *, 2026-11-24T12:00:00Z, 2026-11-24T02:00:00Z",
    "30 3 * * 0, 2026-11-24T12:00:00Z, 2026-11-22T03:30:00Z",
    "*/15 * * * *, 2026-11-24T12:07:00Z, 2026-11-24T12:00:00Z",
    "0 0 1 1 *, 2026-11-24T12:00:00Z, 2026-01-01T00:00:00Z"
  })
  void knowsTheLastTimeBefore(String cron, Instant now, Instant last) {
    assertThat(CronTimes.lastBefore(cron, ZoneOffset.UTC, now)).hasValue(last);
  }

  @Test
  void readsTimesInTheirZone() {
    Instant now = Instant.parse("2026-11-24T12:00:00Z");

    assertThat(CronTimes.lastBefore("0 2 * * *", ZoneId.of("Asia/Shanghai"), now))
        .hasValue(Instant.parse("2026-11-23T18:00:00Z"));
  }
}
