package io.nsqlops.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.RetentionPolicy;
import io.nsqlops.backup.model.RowFilter;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.plan.PrunePlan.Decision;
import io.nsqlops.backup.plan.StoredBackup.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PrunePlannerTest {
  private static final Map<String, String> NO_TAGS = Map.of();
  private static final BackupGroup S = group("s");

  @Test
  void eachRuleKeepsTheNewestOfItsPeriods() {
    List<StoredBackup> backups =
        at(
            "2024-12-29T23:59:00Z", // Sunday of week 52
            "2024-12-30T00:00:00Z", // Monday of week 1 of 2025
            "2025-01-01T05:10:00Z",
            "2025-01-01T05:50:00Z",
            "2025-01-01T06:00:00Z",
            "2025-01-02T00:00:00Z");

    assertThat(kept(policy(2, 0, 0, 0, 0, 0), backups)).containsExactly(4, 5);
    assertThat(kept(policy(0, 3, 0, 0, 0, 0), backups)).containsExactly(3, 4, 5);
    assertThat(kept(policy(0, 0, 3, 0, 0, 0), backups)).containsExactly(1, 4, 5);
    assertThat(kept(policy(0, 0, 0, 2, 0, 0), backups)).containsExactly(0, 5);
    assertThat(kept(policy(0, 0, 0, 0, 2, 0), backups)).containsExactly(1, 5);
    assertThat(kept(policy(0, 0, 0, 0, 0, 9), backups)).containsExactly(1, 5);
  }

  @Test
  void withinIsCountedFromTheNewestBackupNotFromNow() {
    List<StoredBackup> backups =
        at("2020-01-01T00:00:00Z", "2020-01-10T00:00:00Z", "2020-01-24T00:00:00Z");
    RetentionPolicy policy = new RetentionPolicy(0, 0, 0, 0, 0, 0, Duration.ofDays(14), NO_TAGS, 1);

    assertThat(kept(policy, backups)).containsExactly(1, 2);
  }

  @Test
  void tagsAndPinsKeep() {
    List<StoredBackup> backups = new ArrayList<>(at("2020-01-03T00:00:00Z"));
    backups.add(StoredBackup.whole("tagged", S, day(1), Map.of("why", "audit", "x", "y"), false));
    backups.add(StoredBackup.whole("other", S, day(1), Map.of("why", "test"), false));
    backups.add(StoredBackup.whole("pinned", S, day(2), NO_TAGS, true));
    RetentionPolicy policy = new RetentionPolicy(0, 0, 0, 0, 0, 0, null, Map.of("why", "audit"), 1);

    PrunePlan plan = new PrunePlanner(policy, false, false).plan(backups);
    assertThat(plan.decisions())
        .extracting(d -> d.backup().id() + " " + d.keep() + " " + d.reasons())
        .containsExactly(
            "other false [no rule keeps it]",
            "tagged true [tag why=audit]",
            "pinned true [pinned]",
            "0 true [minimum]");
  }

  /** Two servers in one repository: the one that is backed up less often keeps its backups. */
  @Test
  void serversAreCountedByThemselves() {
    List<StoredBackup> backups = new ArrayList<>(at("2020-01-03T00:00:00Z"));
    backups.add(StoredBackup.whole("old of other", group("other"), day(1), NO_TAGS, false));
    backups.add(StoredBackup.whole("new of other", group("other"), day(2), NO_TAGS, false));

    assertThat(new PrunePlanner(RetentionPolicy.keepLast(1), false, false).plan(backups).removed())
        .extracting(StoredBackup::id)
        .containsExactly("old of other");
  }

  /** An hourly backup of one table is no substitute for the nightly one of everything. */
  @Test
  void aBackupOfAPartNeverTakesThePlaceOfOneOfTheWhole() {
    Selection hot = new Selection(List.of("shop.hot"), List.of());
    RowFilter recent = new RowFilter(List.of(new RowFilter.Condition("shop.hot", "id>7")));
    List<Scope> parts =
        List.of(
            new Scope(hot),
            new Scope(new Selection(List.of(), List.of("shop.hot"))),
            new Scope(Selection.ALL, recent, Content.ALL),
            new Scope(Selection.ALL, RowFilter.NONE, Content.SCHEMA),
            new Scope(Selection.ALL, RowFilter.NONE, Content.DATA));
    List<StoredBackup> backups = new ArrayList<>(at("2020-01-01T02:00:00Z"));
    for (int i = 0; i < parts.size(); i++) {
      BackupGroup group = BackupGroup.of("s", parts.get(i));
      backups.add(StoredBackup.whole("old part " + i, group, day(2), NO_TAGS, false));
      backups.add(StoredBackup.whole("part " + i, group, day(3), NO_TAGS, false));
    }
    for (RetentionPolicy policy : List.of(policy(1, 0, 0, 0, 0, 0), policy(0, 0, 1, 0, 0, 0))) {
      PrunePlan plan = new PrunePlanner(policy, false, false).plan(backups);
      assertThat(ids(plan.kept()))
          .containsExactly("0", "part 0", "part 1", "part 2", "part 3", "part 4");
    }
  }

  @Test
  void theSamePartIsTheSameGroupInWhateverOrderItWasNamed() {
    Scope one = new Scope(new Selection(List.of("a", "b", "a"), List.of("c", "d")));
    Scope two = new Scope(new Selection(List.of("b", "a"), List.of("d", "c")));
    assertThat(BackupGroup.of("s", one)).isEqualTo(BackupGroup.of("s", two));
    assertThat(BackupGroup.of("s", Scope.ALL)).isEqualTo(S);
    assertThat(BackupGroup.of("t", one)).isNotEqualTo(BackupGroup.of("s", one));
  }

  @Test
  void damagedBackupsCountForNothingAndGoOnlyWhenAsked() {
    List<StoredBackup> backups = new ArrayList<>(at("2020-01-01T00:00:00Z"));
    backups.add(
        StoredBackup.whole("damaged", S, day(2), NO_TAGS, false)
            .found(Condition.INCOMPLETE, "1 of its chunks are missing"));
    backups.add(
        StoredBackup.whole("damaged and pinned", S, day(3), NO_TAGS, true)
            .found(Condition.UNREADABLE, "gone"));

    RetentionPolicy policy = RetentionPolicy.keepLast(1);
    assertThat(new PrunePlanner(policy, false, false).plan(backups).removed()).isEmpty();
    PrunePlan plan = new PrunePlanner(policy, true, false).plan(backups);
    assertThat(plan.kept()).extracting(StoredBackup::id).containsExactly("0", "damaged and pinned");
    assertThat(plan.decisions().get(1).reasons())
        .containsExactly("damaged: 1 of its chunks are missing");
  }

  @Test
  void aBackupOfTheFutureIsNoMeasureForOthers() {
    List<StoredBackup> backups =
        new ArrayList<>(at("2020-01-01T00:00:00Z", "2020-01-10T00:00:00Z"));
    backups.add(
        StoredBackup.whole("future", S, Instant.parse("2022-01-01T00:00:00Z"), NO_TAGS, false)
            .ofTheFuture());
    RetentionPolicy within = new RetentionPolicy(0, 0, 0, 0, 0, 0, Duration.ofDays(14), NO_TAGS, 1);

    for (RetentionPolicy policy : List.of(within, policy(2, 0, 0, 0, 0, 0))) {
      PrunePlan plan = new PrunePlanner(policy, false, false).plan(backups);
      assertThat(plan.removed()).isEmpty();
      assertThat(plan.decisions().get(2).reasons()).containsExactly("in the future");
      assertThat(ids(new PrunePlanner(policy, false, true).plan(backups).removed()))
          .containsExactly("future");
    }
  }

  @Test
  void whereAllAreOfTheFutureTheClockHereIsWrong() {
    List<StoredBackup> backups =
        at("2020-01-01T00:00:00Z", "2020-01-10T00:00:00Z").stream()
            .map(StoredBackup::ofTheFuture)
            .toList();

    assertThat(new PrunePlanner(RetentionPolicy.keepLast(1), false, true).plan(backups).removed())
        .isEmpty();
  }

  @Test
  void aPolicyThatKeepsNothingIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> policy(0, 0, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> policy(1, -1, 0, 0, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetentionPolicy(1, 0, 0, 0, 0, 0, null, NO_TAGS, 0));
  }

  @Property
  void theNewestOfEachServerStays(
      @ForAll("backupLists") List<StoredBackup> backups,
      @ForAll("policies") RetentionPolicy policy) {
    List<String> kept = ids(new PrunePlanner(policy, false, false).plan(backups).kept());
    for (String group : List.of("s", "t")) {
      List<StoredBackup> newestFirst =
          backups.stream()
              .filter(b -> b.group().equals(group(group)) && b.isWhole())
              .sorted(
                  (a, b) ->
                      b.started().equals(a.started())
                          ? b.id().compareTo(a.id())
                          : b.started().compareTo(a.started()))
              .limit(policy.keepMin())
              .toList();
      assertThat(kept).containsAll(ids(newestFirst));
    }
    assertThat(kept)
        .containsAll(ids(backups.stream().filter(StoredBackup::pinned).toList()))
        .containsAll(ids(backups.stream().filter(b -> !b.isWhole()).toList()));
  }

  @Property
  void everyBackupIsDecidedOnceWithAReason(
      @ForAll("backupLists") List<StoredBackup> backups,
      @ForAll("policies") RetentionPolicy policy) {
    PrunePlan plan = new PrunePlanner(policy, true, false).plan(backups);
    assertThat(plan.decisions())
        .extracting(d -> d.backup().id())
        .containsExactlyInAnyOrderElementsOf(ids(backups));
    assertThat(plan.decisions()).extracting(Decision::reasons).noneMatch(List::isEmpty);
  }

  @Property
  void pruningTwiceRemovesNothingTheSecondTime(
      @ForAll("backupLists") List<StoredBackup> backups,
      @ForAll("policies") RetentionPolicy policy) {
    PrunePlanner planner = new PrunePlanner(policy, true, false);
    assertThat(planner.plan(planner.plan(backups).kept()).removed()).isEmpty();
  }

  @Property
  void moreRulesNeverRemoveMore(
      @ForAll("backupLists") List<StoredBackup> backups,
      @ForAll("policies") RetentionPolicy one,
      @ForAll("policies") RetentionPolicy two) {
    RetentionPolicy both =
        new RetentionPolicy(
            Math.max(one.last(), two.last()),
            Math.max(one.hourly(), two.hourly()),
            Math.max(one.daily(), two.daily()),
            Math.max(one.weekly(), two.weekly()),
            Math.max(one.monthly(), two.monthly()),
            Math.max(one.yearly(), two.yearly()),
            one.within() == null ? two.within() : one.within(),
            one.tags().isEmpty() ? two.tags() : one.tags(),
            Math.max(one.keepMin(), two.keepMin()));
    assertThat(ids(new PrunePlanner(both, false, false).plan(backups).kept()))
        .containsAll(ids(new PrunePlanner(one, false, false).plan(backups).kept()));
  }

  /** To find out late that a backup is damaged never costs another one its place. */
  @Property
  void damageNeverRemovesAnotherBackup(
      @ForAll("backupLists") List<StoredBackup> backups,
      @ForAll("policies") RetentionPolicy policy) {
    PrunePlanner planner = new PrunePlanner(policy, false, false);
    List<String> before = ids(planner.plan(backups).kept());
    List<StoredBackup> damaged = new ArrayList<>(backups);
    damaged.replaceAll(
        b -> b.id().equals(before.get(0)) ? b.found(Condition.INCOMPLETE, "chunks missing") : b);
    assertThat(ids(planner.plan(damaged).kept())).containsAll(before);
  }

  @Provide
  Arbitrary<List<StoredBackup>> backupLists() {
    Arbitrary<StoredBackup> backup =
        Combinators.combine(
                Arbitraries.longs().between(0, 400L * 24 * 60),
                Arbitraries.of("s", "s", "t"),
                Arbitraries.of("a", "b", "c"),
                Arbitraries.integers().between(0, 9),
                Arbitraries.integers().between(0, 9))
            .as(
                (minutes, group, tag, pinned, damaged) ->
                    StoredBackup.whole(
                            "",
                            group(group),
                            day(1).plusSeconds(minutes * 60),
                            Map.of("k", tag),
                            pinned == 0)
                        .found(
                            damaged == 0 ? Condition.INCOMPLETE : Condition.WHOLE,
                            damaged == 0 ? "chunks missing" : ""));
    return backup.list().ofMinSize(1).ofMaxSize(40).map(PrunePlannerTest::numbered);
  }

  @Provide
  Arbitrary<RetentionPolicy> policies() {
    Arbitrary<Integer> count = Arbitraries.integers().between(0, 4);
    return Combinators.combine(
            count.list().ofSize(6),
            Arbitraries.longs().between(0, 3000).map(Duration::ofHours).injectNull(0.5),
            Arbitraries.of(NO_TAGS, NO_TAGS, Map.of("k", "a")),
            Arbitraries.integers().between(1, 4))
        .filter((n, w, t, m) -> n.stream().anyMatch(c -> c > 0) || w != null || !t.isEmpty())
        .as(
            (n, w, t, m) ->
                new RetentionPolicy(
                    n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5), w, t, m));
  }

  @Test
  void whatTheStoreHoldsStaysAndSaysWhy() {
    List<StoredBackup> backups =
        new ArrayList<>(at("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"));
    backups.set(0, backups.get(0).heldBy("held by object lock until then"));
    PrunePlan plan = new PrunePlanner(policy(1, 0, 0, 0, 0, 0), true, false).plan(backups);
    assertThat(plan.removed()).isEmpty();
    assertThat(plan.decisions().get(0).reasons()).containsExactly("held by object lock until then");
  }

  private static List<StoredBackup> numbered(List<StoredBackup> backups) {
    List<StoredBackup> numbered = new ArrayList<>();
    for (StoredBackup b : backups) {
      numbered.add(
          new StoredBackup(
              "%03d".formatted(numbered.size()),
              b.group(),
              b.started(),
              b.tags(),
              b.pinned(),
              b.condition(),
              b.damage(),
              b.hold(),
              b.future()));
    }
    return numbered;
  }

  private static RetentionPolicy policy(int l, int h, int d, int w, int m, int y) {
    return new RetentionPolicy(l, h, d, w, m, y, null, NO_TAGS, 1);
  }

  private static List<StoredBackup> at(String... times) {
    return IntStream.range(0, times.length)
        .mapToObj(i -> StoredBackup.whole("" + i, S, Instant.parse(times[i]), NO_TAGS, false))
        .toList();
  }

  private static BackupGroup group(String server) {
    return BackupGroup.of(server, Scope.ALL);
  }

  private static Instant day(int day) {
    return Instant.parse("2020-01-0%dT00:00:00Z".formatted(day));
  }

  private static List<Integer> kept(RetentionPolicy policy, List<StoredBackup> backups) {
    return ids(new PrunePlanner(policy, false, false).plan(backups).kept()).stream()
        .map(Integer::valueOf)
        .toList();
  }

  private static List<String> ids(List<StoredBackup> backups) {
    return backups.stream().map(StoredBackup::id).toList();
  }
}
