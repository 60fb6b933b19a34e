package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.codec.SectionJson;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.BackupId;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.plan.BackupGroup;
import io.nsqlops.backup.plan.PrunePlan;
import io.nsqlops.backup.plan.PrunePlanner;
import io.nsqlops.backup.plan.StoredBackup;
import io.nsqlops.backup.plan.StoredBackup.Condition;
import io.nsqlops.backup.repository.Manifests;
import io.nsqlops.backup.repository.Pins;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import io.nsqlops.backup.store.ObjectInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is in a repository and what of it has to stay. Lists each prefix once and reads each section
 * once; backups first, chunks after: so every chunk of a backup that is listed is listed too.
 */
final class Survey {
  /** Of what cannot be read, which no rule counts. */
  private static final BackupGroup UNKNOWN = new BackupGroup("", List.of());

  private final Repository repository;
  private final PruneRequest request;
  private final Instant now;

  /** Objects of all backups, committed or not, by the backup's id. */
  private final Map<String, List<ObjectInfo>> objects = new TreeMap<>();

  private final Map<String, StoredBackup> backups = new TreeMap<>();
  private final Map<String, List<StoredObject>> sections = new TreeMap<>();
  private final Set<String> counted = new HashSet<>();

  /** Ids of backups that were to go and were looked at, whether the store lets them. */
  private final Set<String> looked = new HashSet<>();

  private final ChunkInventory chunks;
  private final PrunePlan plan;

  /**
   * Looks at everything; changes nothing.
   *
   * @param now what begins later is in the future
   */
  Survey(Repository repository, PruneRequest request, Instant now) {
    this.repository = repository;
    this.request = request;
    this.now = now;
    try (Stream<ObjectInfo> listed = repository.list(RepositoryLayout.BACKUPS)) {
      listed.forEach(
          o ->
              objects
                  .computeIfAbsent(RepositoryLayout.backupIdOf(o.key()), id -> new ArrayList<>())
                  .add(o));
    }
    chunks = ChunkInventory.of(repository);
    readManifests(new Pins(repository).ids());
    plan = settle();
    plan.removed().forEach(this::release);
  }

  private void readManifests(Set<String> pins) {
    List<String> ids =
        objects.entrySet().stream()
            .filter(e -> e.getValue().stream().anyMatch(this::isManifest))
            .map(Map.Entry::getKey)
            .toList();
    Manifests found = Manifests.read(repository, ids);
    found.whole().forEach(m -> add(m, pins.contains(m.id())));
    found.damaged().forEach(d -> addDamaged(d.id(), d.why(), pins.contains(d.id())));
  }

  private boolean isManifest(ObjectInfo object) {
    return RepositoryLayout.isManifest(object.key()) && !repository.isFence(object);
  }

  private void add(Manifest manifest, boolean pinned) {
    String id = manifest.id();
    String server = request.perServer() ? manifest.server().address() : "";
    BackupGroup group = BackupGroup.of(server, manifest.scope());
    StoredBackup backup =
        StoredBackup.whole(id, group, manifest.started(), manifest.tags(), pinned);
    backups.put(id, BackupId.isOfTheFuture(id, now) ? backup.ofTheFuture() : backup);
    sections.put(id, manifest.sections());
  }

  private void addDamaged(String id, OpsException why, boolean pinned) {
    backups.put(
        id,
        StoredBackup.whole(id, UNKNOWN, Instant.EPOCH, Map.of(), pinned)
            .found(Condition.UNREADABLE, damage(why)));
  }

  /** Damage is a finding; a store that does not answer is not. */
  private static String damage(OpsException e) {
    if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
      throw e;
    }
    return String.valueOf(e.getMessage());
  }

  /** Plans until all that is to stay was found whole; what was not does not count. */
  private PrunePlan settle() {
    PrunePlanner planner =
        new PrunePlanner(request.policy(), request.removeDamaged(), request.removeFuture());
    while (true) {
      PrunePlan attempt = planner.plan(List.copyOf(backups.values()));
      List<StoredBackup> fresh = attempt.kept().stream().filter(b -> counted.add(b.id())).toList();
      fresh.forEach(b -> backups.put(b.id(), count(b)));
      boolean heldBack = attempt.removed().stream().filter(this::isHeld).count() > 0;
      if (fresh.isEmpty() && !heldBack) {
        recountUnless(attempt.kept().size() == counted.size(), attempt);
        return attempt;
      }
    }
  }

  /** A backup whose manifest cannot be deleted goes on existing, and so must its chunks. */
  private boolean isHeld(StoredBackup backup) {
    if (!looked.add(backup.id())) {
      return false;
    }
    Optional<Instant> until = repository.protectedUntil(RepositoryLayout.manifest(backup.id()));
    until.ifPresent(
        time ->
            backups.put(
                backup.id(),
                backup.heldBy(
                    time.equals(Instant.MAX)
                        ? "held by object lock"
                        : "held by object lock until " + time.truncatedTo(ChronoUnit.SECONDS))));
    return until.isPresent();
  }

  /** What was counted and then found damaged may go after all, and what it named with it. */
  private void recountUnless(boolean exact, PrunePlan settled) {
    if (!exact) {
      chunks.forgetNeeds();
      settled.kept().forEach(this::count);
    }
  }

  /** Marks what a backup needs; the backup as it was found. */
  private StoredBackup count(StoredBackup backup) {
    if (!sections.containsKey(backup.id())) {
      return backup;
    }
    long[] missing = new long[1];
    try {
      forEachChunk(sectionsOf(backup.id()), id -> missing[0] += chunks.need(id) ? 0 : 1);
    } catch (OpsException e) {
      return backup.found(Condition.UNREADABLE, damage(e));
    }
    if (missing[0] == 0) {
      return backup;
    }
    String count = missing[0] == 1 ? "one of its chunks is" : missing[0] + " of its chunks are";
    return backup.found(Condition.INCOMPLETE, count + " missing");
  }

  private List<StoredObject> sectionsOf(String id) {
    return sections.getOrDefault(id, List.of());
  }

  private void release(StoredBackup backup) {
    try {
      forEachChunk(sectionsOf(backup.id()), chunks::release);
    } catch (OpsException e) {
      // what it alone named is found as if no backup had ever named it
      damage(e);
    }
  }

  /** Takes a chunk's id. */
  private interface ChunkUse {
    void use(String id);
  }

  private void forEachChunk(List<StoredObject> of, ChunkUse use) {
    for (StoredObject section : of) {
      for (TableBackup table : SectionJson.read(repository.read(section))) {
        table.chunks().stream().filter(c -> !c.isInline()).map(ChunkRef::id).forEach(use::use);
      }
    }
  }

  PrunePlan plan() {
    return plan;
  }

  ChunkInventory chunks() {
    return chunks;
  }

  /** Ids of all backups found committed. */
  Set<String> committed() {
    return backups.keySet();
  }

  /** Objects by the backup's id, of unfinished backups too. */
  Map<String, List<ObjectInfo>> objects() {
    return objects;
  }

  /**
   * Marks what a backup needs that was committed after the survey began.
   *
   * @throws OpsException VERIFICATION_FAILED if that cannot be told
   */
  void countLate(String backupId) {
    // gone again: another prune took over from this one, which will find that out
    repository.lookUp(backupId).ifPresent(m -> forEachChunk(m.sections(), chunks::need));
  }

  /** What the plan comes to, if nothing is in its way. */
  Forecast forecast(Instant now) {
    Amount gone = Amount.NONE;
    Amount young = Amount.NONE;
    for (int row = 0; row < chunks.size(); row++) {
      if (mayGo(row, now)) {
        gone = gone.plus(1, chunks.bytes(row));
      } else if (!chunks.isNeeded(row)) {
        young = young.plus(1, chunks.bytes(row));
      }
    }
    Amount other = Amount.NONE;
    for (StoredBackup backup : plan.removed()) {
      List<ObjectInfo> of = objects.getOrDefault(backup.id(), List.of());
      other = other.plus(of.size(), of.stream().mapToLong(ObjectInfo::size).sum());
    }
    return new Forecast(plan, gone, young, other);
  }

  /** Whether a chunk's object is needed by nobody, as far as the survey can tell. */
  boolean mayGo(int row, Instant now) {
    return !chunks.isNeeded(row)
        && (!chunks.isOrphan(row) || chunks.isOlder(row, now.minus(request.grace())));
  }
}
