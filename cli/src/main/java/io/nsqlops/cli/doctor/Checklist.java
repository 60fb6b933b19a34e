package io.nsqlops.cli.doctor;

import io.nsqlops.backup.error.OpsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers findings: a check that fails does not keep the others from being made. */
public final class Checklist {
  /** Beyond this, times in logs and backups mislead; S3 refuses at a quarter of an hour. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final Clock clock;
  private final List<Finding> findings = new ArrayList<>();

  public Checklist(Clock clock) {
    this.clock = clock;
  }

  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  public boolean allWell() {
    return findings.stream().allMatch(Finding::ok);
  }

  /** Tries something; what it returns is the detail. */
  void check(String subject, String check, Supplier<String> attempt) {
    attempt(
        subject,
        check,
        () -> {
          String detail = attempt.get();
          well(subject, check, detail);
          return detail;
        });
  }

  /** Tries to get something that further checks need; only its failure is a finding. */
  public <T> Optional<T> attempt(String subject, String check, Supplier<T> attempt) {
    try {
      return Optional.of(attempt.get());
    } catch (OpsException e) {
      ill(subject, check, String.valueOf(e.getMessage()), e.hint());
      return Optional.empty();
    }
  }

  void well(String subject, String check, String detail) {
    findings.add(new Finding(subject, check, true, detail, ""));
  }

  void ill(String subject, String check, String detail, String hint) {
    findings.add(new Finding(subject, check, false, detail, hint));
  }

  /**
   * Compares a clock elsewhere with ours.
   *
   * @param before by our clock, when the other was asked
   */
  void clock(String subject, Instant before, Instant there) {
    Instant after = clock.instant();
    Duration skew =
        there.isBefore(before.minusSeconds(1))
            ? Duration.between(there, before)
            : there.isAfter(after) ? Duration.between(after, there) : Duration.ZERO;
    String direction = there.isAfter(after) ? " ahead of" : " behind";
    if (skew.compareTo(SKEW) <= 0) {
      well(subject, "clock", "agrees with ours within " + SKEW.toSeconds() + " s");
    } else {
      ill(
          subject,
          "clock",
          "is " + skew.toSeconds() + " s" + direction + " the clock of this machine",
          "let NTP set the clock that is wrong");
    }
  }
}
