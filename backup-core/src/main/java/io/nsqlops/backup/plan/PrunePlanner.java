package io.nsqlops.backup.plan;

import io.nsqlops.backup.model.RetentionPolicy;
import io.nsqlops.backup.plan.PrunePlan.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides what stays. No rule looks at a clock: ages are counted from the newest backup, so that
 * nothing expires because backups have stopped, and what stayed once stays when asked again. One
 * that is in the future is no measure for others: a single backup made under a wrong clock would
 * have all real ones go.
 */
public final class PrunePlanner {
  private static final String IN_THE_FUTURE = "in the future";

  private static final Comparator<StoredBackup> OLDEST_FIRST =
      Comparator.comparing(StoredBackup::started).thenComparing(StoredBackup::id);

  private final RetentionPolicy policy;
  private final boolean removeDamaged;
  private final boolean removeFuture;

  /**
   * @param removeDamaged whether damaged backups that are not pinned go; else they stay. In neither
   *     case does a rule count them.
   * @param removeFuture the same for those of the future, unless nothing else would stay
   */
  public PrunePlanner(RetentionPolicy policy, boolean removeDamaged, boolean removeFuture) {
    this.policy = policy;
    this.removeDamaged = removeDamaged;
    this.removeFuture = removeFuture;
  }

  public PrunePlan plan(List<StoredBackup> backups) {
    Reasons reasons = new Reasons();
    backups.stream()
        .filter(StoredBackup::isWhole)
        .sorted(OLDEST_FIRST.reversed())
        .collect(Collectors.groupingBy(StoredBackup::group))
        .values()
        .forEach(group -> decideOf(group, reasons));
    backups.stream().filter(StoredBackup::pinned).forEach(b -> reasons.add(b, "pinned"));
    backups.stream().filter(b -> !b.hold().isEmpty()).forEach(b -> reasons.add(b, b.hold()));
    return new PrunePlan(
        backups.stream().sorted(OLDEST_FIRST).map(b -> decide(b, reasons.of(b))).toList());
  }

  private Decision decide(StoredBackup backup, List<String> reasons) {
    if (!reasons.isEmpty()) {
      return new Decision(backup, true, reasons);
    }
    if (!backup.isWhole()) {
      return new Decision(backup, !removeDamaged, List.of("damaged: " + backup.damage()));
    }
    return new Decision(
        backup, false, List.of(backup.future() ? IN_THE_FUTURE : "no rule keeps it"));
  }

  private void decideOf(List<StoredBackup> newestFirst, Reasons reasons) {
    List<StoredBackup> counted = newestFirst.stream().filter(StoredBackup::counts).toList();
    if (!counted.isEmpty()) {
      applyRules(counted, reasons);
    }
    if (!removeFuture || counted.isEmpty()) {
      newestFirst.stream().filter(StoredBackup::future).forEach(b -> reasons.add(b, IN_THE_FUTURE));
    }
  }

  private void applyRules(List<StoredBackup> newestFirst, Reasons reasons) {
    newestFirst.stream().limit(policy.last()).forEach(b -> reasons.add(b, "last"));
    newestOfEach(newestFirst, policy.hourly(), "hourly", PrunePlanner::hour, reasons);
    newestOfEach(newestFirst, policy.daily(), "daily", b -> utc(b).toLocalDate(), reasons);
    newestOfEach(newestFirst, policy.weekly(), "weekly", PrunePlanner::week, reasons);
    newestOfEach(newestFirst, policy.monthly(), "monthly", PrunePlanner::month, reasons);
    newestOfEach(newestFirst, policy.yearly(), "yearly", b -> utc(b).getYear(), reasons);
    Duration within = policy.within();
    if (within != null) {
      Instant newest = newestFirst.get(0).started();
      newestFirst.stream()
          .filter(b -> Duration.between(b.started(), newest).compareTo(within) <= 0)
          .forEach(b -> reasons.add(b, "within"));
    }
    policy
        .tags()
        .forEach(
            (key, value) ->
                newestFirst.stream()
                    .filter(b -> value.equals(b.tags().get(key)))
                    .forEach(b -> reasons.add(b, "tag " + key + "=" + value)));
    newestFirst.stream()
        .limit(policy.keepMin())
        .filter(b -> reasons.of(b).isEmpty())
        .forEach(b -> reasons.add(b, "minimum"));
  }

  /** Keeps the newest backup of each of the last so many periods that have one. */
  private static void newestOfEach(
      List<StoredBackup> newestFirst,
      int periods,
      String rule,
      Function<StoredBackup, Object> period,
      Reasons reasons) {
    Set<Object> seen = new HashSet<>();
    for (StoredBackup backup : newestFirst) {
      if (seen.size() == periods) {
        return;
      }
      if (seen.add(period.apply(backup))) {
        reasons.add(backup, rule);
      }
    }
  }

  private static OffsetDateTime utc(StoredBackup backup) {
    return backup.started().atOffset(ZoneOffset.UTC);
  }

  private static Object hour(StoredBackup backup) {
    return List.of(utc(backup).toLocalDate(), utc(backup).getHour());
  }

  private static Object week(StoredBackup backup) {
    return List.of(
        utc(backup).get(IsoFields.WEEK_BASED_YEAR),
        utc(backup).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  private static Object month(StoredBackup backup) {
    return List.of(utc(backup).getYear(), utc(backup).getMonthValue());
  }

  /** Why backups stay, by their ids. */
  private static final class Reasons {
    private final Map<String, List<String>> byId = new HashMap<>();

    void add(StoredBackup backup, String reason) {
      byId.computeIfAbsent(backup.id(), id -> new ArrayList<>()).add(reason);
    }

    List<String> of(StoredBackup backup) {
      return byId.getOrDefault(backup.id(), List.of());
    }
  }
}
