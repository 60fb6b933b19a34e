package io.nsqlops.backup.flow;

import static java.util.stream.Collectors.toMap;

import io.nsqlops.backup.engine.Incoming;
import io.nsqlops.backup.engine.Preflight;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.Rehearsal.Removal;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rebuilds databases from a backup and proves that they are equal. */
public final class RestoreFlow {
  private final Repository repository;
  private final SnapshotImporter importer;
  private final SnapshotExporter reader;
  private final Progress progress;

  /**
   * Connects a repository and a target.
   *
   * @param reader reads the same target back
   */
  public RestoreFlow(
      Repository repository,
      SnapshotImporter importer,
      SnapshotExporter reader,
      Progress progress) {
    this.repository = repository;
    this.importer = importer;
    this.reader = reader;
    this.progress = progress;
  }

  /** What to do about tables that exist already. */
  public enum Existing {
    FAIL,
    SKIP,
    REPLACE
  }

  /** How much of the result is read back. */
  public enum Verify {
    FULL,
    SAMPLE,
    NONE
  }

  /**
   * How to restore.
   *
   * @param threads loaders at once
   * @param pace how fast at most
   */
  public record Request(Existing existing, Verify verify, int threads, Pace pace) {

    /** As fast as possible. */
    public Request(Existing existing, Verify verify, int threads) {
      this(existing, verify, threads, Pace.UNLIMITED);
    }
  }

  /**
   * What a restore came to.
   *
   * @param tables how many are there with all their rows
   * @param verified rows read back and found equal
   * @param missing tables that are not there
   * @param warnings what else could not be created
   */
  public record Report(
      String id,
      long tables,
      long rows,
      long bytes,
      long verified,
      List<Missing> missing,
      List<String> warnings,
      AccountReport accounts) {}

  /**
   * A table that could not be restored.
   *
   * @param source its name in the backup
   * @param cause PARTIAL: the target does not take its definition
   */
  public record Missing(TableName source, TableName as, OpsException cause) {}

  /**
   * What became of the accounts.
   *
   * @param made how many
   * @param left names of those that were in the target and stay as they are
   * @param idle rights that were left out, because what they are on is not there
   */
  public record AccountReport(long made, List<String> left, List<String> idle) {}

  /**
   * The backup whose restore is unfinished in a target, if a repository holds it: who asks for the
   * latest backup goes on with this one, although there may be a later one by now.
   */
  public static Optional<String> begun(SnapshotImporter importer, Repository repository) {
    return importer
        .unfinished()
        .map(RestorePlan::backupIdOf)
        .filter(id -> repository.lookUp(id).isPresent());
  }

  /** Restores; a restore that was interrupted goes on where it was. */
  public Report run(RestorePlan wanted, Request request) {
    progress.phase("preflight", 0);
    String restoreId = wanted.restoreId();
    Optional<String> unfinished = importer.unfinished();
    boolean resuming = unfinished.filter(restoreId::equals).isPresent();
    if (unfinished.isPresent() && !resuming) {
      importer.begin(restoreId); // refuses, and says what there is to do
    }
    if (wanted.content() == Content.DATA) {
      return fillTables(wanted, request, resuming);
    }
    OccupiedNames occupied = new OccupiedNames(importer, progress, resuming);
    boolean replacing = request.existing() == Existing.REPLACE;
    AccountChoice accounts =
        AccountChoice.of(
            occupied.settle(wanted, request.existing()), importer, resuming, replacing);
    RestorePlan plan = accounts.plan();
    announce(preflight(plan));
    importer.begin(restoreId);
    if (replacing) {
      occupied.drop(plan);
    }
    progress.phase("schema", 0);
    plan.objects(Kind.DATABASE).forEach(importer::create);
    dropMade(plan.objects(Kind.SEQUENCE), resuming);
    plan.objects(Kind.SEQUENCE).forEach(importer::create);
    MissingTables unmade = new MissingTables(ErrorKind.PARTIAL, progress);
    createTables(plan, unmade);
    plan = plan.without(unmade.names());
    resume(plan, resuming);
    MissingTables unloaded = new MissingTables(ErrorKind.VERIFICATION_FAILED, progress);
    progress.phase("load", plan.bytes());
    List<String> failures = new ArrayList<>(load(plan, request, true, unloaded::add));
    progress.phase("finish", 0);
    plan = plan.without(unloaded.names());
    failures.addAll(finishTables(plan));
    failures.forEach(progress::warning);
    ObjectCreation rest =
        new ObjectCreation(importer, plan.objects(Kind.GRANTS), accounts.replaced());
    List<SchemaObject> late = plan.objects(Kind.AFTER_VERIFICATION);
    List<SchemaObject> early = new ArrayList<>(plan.objects(Kind.AFTER_ROWS));
    // also what runs by itself: it must not do so while rows are read back
    dropMade(early, resuming);
    early.removeAll(late);
    rest.create(early);
    accounts.already().forEach(importer::rejoin);
    long verified;
    try {
      verified = verify(plan, request);
      unloaded.requireNone();
    } catch (OpsException e) {
      // else nobody would hear of them
      rest.failures().forEach(progress::warning);
      throw e;
    }
    progress.phase("finish", 0);
    plan.tables().forEach(t -> importer.release(t.source().table(), t.as()));
    rest.create(late);
    rest.failures().forEach(progress::warning);
    failures.addAll(rest.failures());
    importer.complete();
    AccountReport made =
        new AccountReport(
            rest.accounts() + accounts.already().size(), List.copyOf(accounts.left()), rest.idle());
    return report(plan, verified, unmade.all(), failures, made);
  }

  private void createTables(RestorePlan plan, MissingTables unmade) {
    for (RestorePlan.TableRestore table : plan.tables()) {
      try {
        importer.createTable(table.source().table(), table.as());
      } catch (OpsException e) {
        unmade.add(table, e);
      }
    }
  }

  private void resume(RestorePlan plan, boolean resuming) {
    if (resuming) {
      importer.resume(
          plan.tables().stream()
              .collect(toMap(RestorePlan.TableRestore::as, t -> t.source().chunks().size())));
    }
  }

  /** What could not be made of them, although all rows are there. */
  private List<String> finishTables(RestorePlan plan) {
    List<String> failures = new ArrayList<>();
    for (RestorePlan.TableRestore table : plan.tables()) {
      try {
        importer.finishTable(table.source().table(), table.as());
      } catch (OpsException e) {
        if (e.kind() != ErrorKind.PARTIAL) {
          throw e;
        }
        failures.add(TableLoading.unfinished(table.as(), e));
      }
    }
    return failures;
  }

  /** Rows alone, into tables that are there. */
  private Report fillTables(RestorePlan wanted, Request request, boolean resuming) {
    FilledTables filled = new FilledTables(importer, progress);
    Set<TableName> ours = resuming ? importer.made() : Set.of();
    RestorePlan plan = filled.settle(wanted, request.existing(), ours);
    announce(importer.preflight());
    importer.begin(wanted.restoreId());
    filled.adopt(plan, ours);
    resume(plan, resuming);
    progress.phase("load", plan.bytes());
    List<String> unfinished =
        load(
            plan,
            request,
            false,
            (table, failure) -> {
              throw failure;
            });
    unfinished.forEach(progress::warning);
    plan.tables().forEach(t -> importer.raiseNextId(t.source().table(), t.as()));
    long verified = verify(plan, request);
    importer.complete();
    AccountReport none = new AccountReport(0, List.of(), List.of());
    return report(plan, verified, List.of(), unfinished, none);
  }

  private List<String> load(
      RestorePlan plan, Request request, boolean creating, TableLoading.Failures failures) {
    return new TableLoading(
            repository, importer, progress, request.pace().download(), creating, failures)
        .load(plan, request.threads());
  }

  private static Report report(
      RestorePlan plan,
      long verified,
      List<Missing> missing,
      List<String> warnings,
      AccountReport accounts) {
    return new Report(
        plan.backupId(),
        plan.tables().size(),
        plan.rows(),
        plan.bytes(),
        verified,
        missing,
        warnings,
        accounts);
  }

  /** What {@link #run} would do and say. Writes nothing. */
  public Rehearsal rehearse(RestorePlan wanted, Request request) {
    boolean resuming = importer.unfinished().filter(wanted.restoreId()::equals).isPresent();
    boolean replacing = request.existing() == Existing.REPLACE;
    List<Removal> removals = new ArrayList<>();
    Preflight refused = new Preflight(List.of(), List.of());
    RestorePlan plan = wanted;
    try {
      if (wanted.content() == Content.DATA) {
        FilledTables filled = new FilledTables(importer, progress);
        Set<TableName> ours = resuming ? importer.made() : Set.of();
        plan = filled.settle(wanted, request.existing(), ours);
        removals.addAll(filled.removals(plan, ours));
      } else {
        OccupiedNames occupied = new OccupiedNames(importer, progress, resuming);
        plan = occupied.settle(wanted, request.existing());
        removals.addAll(occupied.removals(plan));
      }
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.USAGE) {
        throw e;
      }
      refused = new Preflight(List.of(e.getMessage() + "; " + e.hint()), List.of());
    }
    AccountChoice accounts = AccountChoice.of(plan, importer, resuming, replacing);
    Preflight said = refused.and(preflight(accounts.plan()));
    return new Rehearsal(accounts.plan(), said, removals, accounts.replaced(), accounts.left());
  }

  /** Whether the target can take the plan, and what becomes otherwise in it. Writes nothing. */
  public Preflight preflight(RestorePlan plan) {
    Preflight server = importer.preflight();
    if (plan.content() == Content.DATA) {
      return server;
    }
    List<Table> tables = plan.tables().stream().map(t -> t.source().named(t.as()).table()).toList();
    Preflight fit = importer.preflight(new Incoming(plan.source(), tables, plan.objects()));
    return server.and(fit);
  }

  private void announce(Preflight said) {
    said.notes().forEach(progress::warning);
    if (!said.problems().isEmpty()) {
      throw new OpsException(
          ErrorKind.USAGE,
          importer.server().address(),
          "the target is not ready: " + String.join("; ", said.problems()),
          "mend what is listed; nothing was written yet");
    }
  }

  /** What an interrupted restore made may be half made. */
  private void dropMade(List<SchemaObject> objects, boolean resuming) {
    if (resuming) {
      objects.stream().filter(importer::made).forEach(importer::drop);
    }
  }

  private long verify(RestorePlan plan, Request request) {
    if (request.verify() == Verify.NONE || plan.tables().isEmpty()) {
      return 0;
    }
    progress.phase("verify", plan.bytes());
    return new LiveComparison(repository, reader, progress)
        .requireEqual(plan.tables(), request.threads(), request.verify() == Verify.SAMPLE);
  }
}
