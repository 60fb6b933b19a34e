package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.CanonicalText;
import io.nsqlops.backup.codec.SchemaJson;
import io.nsqlops.backup.engine.Accounts;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.model.BackupId;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.NeededSequences;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.UnmatchedPatterns;
import io.nsqlops.backup.repository.BackupLease;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Backs a server up into a repository. */
public final class BackupFlow {
  private final SnapshotExporter exporter;
  private final Repository repository;
  private final Clock clock;
  private final Progress progress;

  public BackupFlow(
      SnapshotExporter exporter, Repository repository, Clock clock, Progress progress) {
    this.exporter = exporter;
    this.repository = repository;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * What to back up and how.
   *
   * @param threads readers at once
   * @param tags free labels
   * @param pace how fast at most
   * @param lockWait how long to wait for a lock of the server
   */
  public record Request(
      Scope scope, int threads, Map<String, String> tags, Pace pace, Duration lockWait) {
    public static final Duration LOCK_WAIT = SnapshotExporter.LOCK_WAIT;

    public Request {
      tags = Map.copyOf(tags);
      if (threads < 1) {
        throw new IllegalArgumentException(threads + " threads");
      }
    }

    /** Whole tables, as fast as possible. */
    public Request(Selection selection, int threads, Map<String, String> tags) {
      this(new Scope(selection), threads, tags, Pace.UNLIMITED, LOCK_WAIT);
    }
  }

  /** One consistent backup; it exists when this returns. */
  public Manifest run(Request request) {
    Instant started = clock.instant();
    String id = BackupId.create(started);
    progress.phase("snapshot", 0);
    Scope scope = request.scope();
    try (BackupLease lease = BackupLease.take(repository, id, started);
        Snapshot snapshot = exporter.open(request.threads(), request.lockWait())) {
      List<String> earlier = repository.backupIds();
      List<String> future = future(earlier, started);
      List<String> halfRestored = halfRestored(snapshot);
      // at once, too: who reads it may not want to wait for such a backup
      halfRestored.forEach(progress::warning);
      List<TableEstimate> all = snapshot.tables();
      requireMatches(snapshot, scope, all);
      List<TableEstimate> tables =
          all.stream().filter(t -> scope.selection().includes(t.name())).toList();
      new ConditionCheck(snapshot).check(scope.filter(), tables);
      progress.phase("backup", tables.stream().mapToLong(TableEstimate::bytes).sum());
      Tally tally = new Tally();
      NeededSequences needed = new NeededSequences();
      Set<String> doubts = new ConcurrentSkipListSet<>();
      List<StoredObject> sections =
          readTables(
              snapshot,
              lease.repository(),
              earlier,
              tables,
              request,
              id,
              table -> {
                needed.of(table.table());
                tally.table(table);
                doubts.addAll(snapshot.doubts(table.table()));
              },
              tally);
      List<SchemaObject> objects = new ArrayList<>(selectObjects(snapshot, scope, needed));
      Accounts accounts = scope.content() == Content.DATA ? Accounts.NONE : snapshot.accounts();
      objects.addAll(accounts.objects());
      StoredObject schema =
          repository.write(RepositoryLayout.schema(id), SchemaJson.write(objects));
      snapshot.proveHeld();
      Manifest manifest =
          new Manifest(
              id,
              CanonicalText.VERSION,
              exporter.server(),
              snapshot.point(),
              started,
              clock.instant(),
              request.tags(),
              tally.totals(),
              schema,
              sections,
              both(
                  halfRestored,
                  warnings(snapshot, scope, tables, doubts, objects, accounts, future)),
              scope);
      progress.phase("commit", 0);
      lease.proveHeld();
      repository.commit(manifest);
      return manifest;
    }
  }

  /** A misspelt name must not become a backup of nothing that passes for the latest. */
  private void requireMatches(Snapshot snapshot, Scope scope, List<TableEstimate> tables) {
    UnmatchedPatterns unmatched =
        UnmatchedPatterns.of(scope.selection())
            .without(tables.stream().map(TableEstimate::name).toList());
    if (!unmatched.isEmpty()) {
      unmatched = unmatched.withoutObjects(snapshot.objectNames());
    }
    String server = exporter.server().address();
    unmatched.requireIncluded(server);
    unmatched.warnings(server).forEach(progress::warning);
  }

  private List<StoredObject> readTables(
      Snapshot snapshot,
      Repository target,
      List<String> earlier,
      List<TableEstimate> tables,
      Request request,
      String id,
      Consumer<TableBackup> each,
      Tally tally) {
    Baseline baseline = Baseline.latest(target, earlier, exporter.server(), progress);
    SectionWriter sections = new SectionWriter(target, id);
    Reading what =
        Reading.ofSnapshot(
            baseline,
            (vault, chunkId, text, length) -> {
              long known = baseline.storedBytes(chunkId);
              if (known >= 0 && !vault.maybeCondemned(chunkId)) {
                return known;
              }
              return vault.put(
                  chunkId,
                  text,
                  length,
                  put -> {
                    request.pace().upload().spend(put.isNew() ? put.storedBytes() : 0);
                    tally.stored(put);
                  });
            },
            table -> condition(request.scope(), table));
    Progress paced = new PacedProgress(progress, request.pace().read());
    new TableReading(snapshot, target, what, request.threads(), paced)
        .read(
            tables,
            table -> {
              sections.add(table);
              each.accept(table);
            });
    return sections.finish();
  }

  /** Definitions alone are those of tables without rows. */
  private static String condition(Scope scope, TableName table) {
    return scope.content() == Content.SCHEMA ? "FALSE" : scope.filter().of(table);
  }

  /** Of the sequences also those that the tables take their values from. */
  private static List<SchemaObject> selectObjects(
      Snapshot snapshot, Scope scope, NeededSequences needed) {
    if (scope.content() == Content.DATA) {
      return List.of();
    }
    return snapshot.objects(o -> scope.selection().includes(o) || needed.contains(o));
  }

  /** Backups that will still be the latest ones when this one is there. */
  private static List<String> future(List<String> earlier, Instant started) {
    List<String> ids =
        earlier.stream().filter(other -> BackupId.isOfTheFuture(other, started)).toList();
    return ids.isEmpty()
        ? List.of()
        : List.of(
            "backup %s%s is in the future by the clock here, one of the two is or was wrong: `latest` is that one, not this"
                .formatted(
                    ids.get(ids.size() - 1),
                    ids.size() == 1 ? "" : ", like " + (ids.size() - 1) + " more,"));
  }

  private static List<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** It counts as the latest, although half of it may be missing. */
  private List<String> halfRestored(Snapshot snapshot) {
    return snapshot.unfinishedRestore().stream()
        .map(RestorePlan::backupIdOf)
        .map(
            id ->
                "%s is marked by an unfinished restore of %s, so this backup is of a server that may"
                        .formatted(exporter.server().address(), id)
                    + " lack tables, rows, indexes, triggers, events and grants: finish the restore"
                    + " with the command it was begun with, or give it up with DROP DATABASE"
                    + " nsql_ops_restore there; then make another backup")
        .toList();
  }

  private List<String> warnings(
      Snapshot snapshot,
      Scope scope,
      List<TableEstimate> tables,
      Set<String> doubts,
      List<SchemaObject> objects,
      Accounts accounts,
      List<String> future) {
    List<String> warnings = new ArrayList<>(snapshot.warnings());
    warnings.addAll(
        scope.content() == Content.DATA
            ? List.of()
            : snapshot.blindSpots(scope.selection()::includesDatabase));
    warnings.addAll(accounts.warnings());
    tables.stream()
        .filter(t -> !t.looseEngine().isEmpty())
        .forEach(
            t ->
                warnings.add(
                    "table %s: %s has no transactions, so its rows are of when they were read,"
                            .formatted(t.name(), t.looseEngine())
                        + " not of the snapshot"));
    tables.stream()
        .filter(TableEstimate::versioned)
        .map(
            t ->
                "table %s keeps the history of its rows: only those of now are in the backup"
                    .formatted(t.name()))
        .forEach(warnings::add);
    warnings.addAll(doubts);
    if (tables.isEmpty() && scope.selection().isAll()) {
      warnings.add("there is no table: the server has none, or this account has no right on any");
    }
    objects.stream()
        .filter(o -> !o.warning().isEmpty())
        .forEach(o -> warnings.add(o + ": " + o.warning()));
    warnings.addAll(future);
    warnings.forEach(progress::warning);
    return warnings;
  }
}
