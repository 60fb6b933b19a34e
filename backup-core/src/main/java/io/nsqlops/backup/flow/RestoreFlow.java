package io.nsqlops.backup.flow;

import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.repository.Repository;
import java.util.ArrayList;
import java.util.List;
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
   */
  public record Request(Existing existing, Verify verify, int threads) {}

  /**
   * What a restore came to.
   *
   * @param verified rows read back and found equal
   */
  public record Report(
      String id, long tables, long rows, long bytes, long verified, List<String> warnings) {}

  /** Restores; a restore that was interrupted goes on where it was. */
  public Report run(RestorePlan wanted, Request request) {
    progress.phase("preflight", 0);
    String restoreId = wanted.backupId();
    boolean resuming = importer.unfinished().filter(restoreId::equals).isPresent();
    RestorePlan plan = resuming ? wanted : settleExisting(wanted, request.existing());
    preflight(plan);
    importer.begin(restoreId);
    if (!resuming && request.existing() == Existing.REPLACE) {
      dropExisting(plan);
    }
    progress.phase("schema", 0);
    create(plan.objects(Kind.DATABASE));
    create(plan.objects(Kind.SEQUENCE));
    plan.tables().forEach(t -> importer.createTable(t.source().table(), t.as()));
    progress.phase("load", plan.bytes());
    new TableLoading(repository, importer, progress).load(plan.tables(), request.threads());
    progress.phase("finish", 0);
    plan.tables().forEach(t -> importer.finishTable(t.source().table(), t.as()));
    List<String> warnings = createRest(plan, resuming);
    long verified = verify(plan, request);
    importer.complete(restoreId);
    return new Report(
        plan.backupId(), plan.tables().size(), plan.rows(), plan.bytes(), verified, warnings);
  }

  private RestorePlan settleExisting(RestorePlan plan, Existing existing) {
    Set<TableName> there = importer.existing();
    List<RestorePlan.TableRestore> taken =
        plan.tables().stream().filter(t -> there.contains(t.as())).toList();
    if (taken.isEmpty() || existing == Existing.REPLACE) {
      return plan;
    }
    if (existing == Existing.SKIP) {
      taken.forEach(t -> progress.warning("left as it is: " + t.as()));
      List<RestorePlan.TableRestore> rest = new ArrayList<>(plan.tables());
      rest.removeAll(taken);
      return new RestorePlan(plan.backupId(), rest, plan.objects());
    }
    String first = taken.get(0).as().toString();
    throw new OpsException(
        ErrorKind.USAGE,
        first,
        taken.size() + " of the tables to restore exist already, " + first + " among them",
        "choose --existing replace (drops them first) or skip, or restore under another name with"
            + " --rename");
  }

  private void preflight(RestorePlan plan) {
    long largest =
        plan.tables().stream()
            .flatMap(t -> t.source().chunks().stream())
            .mapToLong(c -> c.bytes())
            .max()
            .orElse(0);
    List<String> problems = importer.preflight(largest);
    if (!problems.isEmpty()) {
      throw new OpsException(
          ErrorKind.USAGE,
          importer.server().address(),
          "the target is not ready: " + String.join("; ", problems),
          "mend what is listed; nothing was written yet");
    }
  }

  private void dropExisting(RestorePlan plan) {
    Set<TableName> there = importer.existing();
    plan.tables().stream()
        .map(RestorePlan.TableRestore::as)
        .filter(there::contains)
        .forEach(importer::drop);
    for (Kind kind : List.of(Kind.VIEW, Kind.SEQUENCE)) {
      plan.objects(kind).stream()
          .map(o -> new TableName(o.database(), o.name()))
          .filter(there::contains)
          .forEach(importer::drop);
    }
    for (Kind kind : List.of(Kind.FUNCTION, Kind.PROCEDURE, Kind.EVENT)) {
      plan.objects(kind).forEach(importer::drop);
    }
  }

  private void create(List<SchemaObject> objects) {
    objects.forEach(importer::create);
  }

  /** Views may need each other: those that fail are tried again while any succeeds. */
  private List<String> createRest(RestorePlan plan, boolean resuming) {
    List<SchemaObject> waiting = new ArrayList<>();
    for (Kind kind : Kind.AFTER_ROWS) {
      waiting.addAll(plan.objects(kind));
    }
    if (resuming) {
      waiting.forEach(importer::drop);
    }
    List<String> failures = new ArrayList<>();
    int before;
    do {
      before = waiting.size();
      failures.clear();
      waiting.removeIf(object -> created(object, failures));
    } while (!waiting.isEmpty() && waiting.size() < before);
    failures.forEach(progress::warning);
    return List.copyOf(failures);
  }

  private boolean created(SchemaObject object, List<String> failures) {
    try {
      importer.create(object);
      return true;
    } catch (OpsException e) {
      if (e.kind() == ErrorKind.TRANSIENT) {
        throw e;
      }
      failures.add("could not create " + object + ": " + e.getMessage());
      return false;
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
