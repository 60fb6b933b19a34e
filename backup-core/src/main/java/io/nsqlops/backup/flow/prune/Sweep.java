package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.model.BackupId;
import io.nsqlops.backup.plan.StoredBackup;
import io.nsqlops.backup.repository.ChunkTable;
import io.nsqlops.backup.repository.GarbageList;
import io.nsqlops.backup.repository.LeaseSurvey;
import io.nsqlops.backup.repository.LeaseSurvey.Running;
import io.nsqlops.backup.repository.PruneLease;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The deleting part of a prune. The order of the steps is what makes it safe. */
final class Sweep {
  /** A fence stays for so long, in case the backup it stopped wakes up yet. */
  private static final Duration FENCED = Duration.ofDays(30);

  /** No check of a store takes as long. */
  private static final Duration TRIED = Duration.ofDays(1);

  /** What follows the prefix of a trial object's key: a UUID. */
  private static final Pattern TRIAL =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Repository repository;
  private final PruneLease lease;
  private final Survey survey;
  private final Forecast forecast;
  private final PruneRequest request;
  private final Progress progress;
  private Amount chunks = Amount.NONE;
  private Amount other = Amount.NONE;
  private Amount waiting = Amount.NONE;
  private Amount held = Amount.NONE;

  Sweep(
      Repository repository,
      PruneLease lease,
      Survey survey,
      Forecast forecast,
      PruneRequest request,
      Progress progress) {
    this.repository = repository;
    this.lease = lease;
    this.survey = survey;
    this.forecast = forecast;
    this.request = request;
    this.progress = progress;
  }

  PruneReport run() {
    List<ObjectInfo> oldLists = oldLists();
    List<GarbageList> lists = new ArrayList<>();
    Set<String> condemned = read(oldLists, lists);
    removeBackups();
    List<GarbageList> own = condemn(condemned);
    lists.addAll(own);
    // After all lists are out: whoever has no lease yet will see them.
    LeaseSurvey leases = LeaseSurvey.make(repository, lease, survey.committed());
    leases.committed().forEach(this::countLate);
    Set<String> ownKeys = new HashSet<>(own.stream().map(GarbageList::key).toList());
    for (GarbageList list : lists) {
      workOff(list, leases.running(), ownKeys.contains(list.key()) || isForgotten(list, oldLists));
    }
    removeUnfinished(leases);
    lease.delete(recordsOfNothing());
    lease.delete(triedOut(ObjectKeys.PROBE));
    lease.delete(triedOut(RepositoryLayout.CHECKED));
    lease.delete(leases.leftovers());
    return new PruneReport(forecast, chunks, other, waiting, held, leases.running());
  }

  private void countLate(String backupId) {
    try {
      survey.countLate(backupId);
    } catch (OpsException e) {
      // what another prune took from under this one would look like damage
      lease.proveHeld();
      throw e;
    }
  }

  /** Manifests first: from then on the backups do not exist, whatever happens next. */
  private void removeBackups() {
    List<StoredBackup> removed = forecast.plan().removed();
    Set<String> manifests =
        lease.delete(removed.stream().map(b -> RepositoryLayout.manifest(b.id())).toList());
    if (!manifests.isEmpty()) {
      throw new OpsException(
          ErrorKind.TRANSIENT,
          manifests.iterator().next(),
          "object lock was put on a backup that was about to be removed",
          "run the same command again: it will keep that backup");
    }
    List<ObjectInfo> rest = new ArrayList<>();
    List<String> leases = new ArrayList<>();
    for (StoredBackup backup : removed) {
      List<ObjectInfo> of = survey.objects().getOrDefault(backup.id(), List.of());
      of.stream().filter(o -> !RepositoryLayout.isManifest(o.key())).forEach(rest::add);
      leases.add(RepositoryLayout.backupLease(backup.id()));
    }
    other = other.plus(forecast.other());
    Amount stay = amountOf(rest, lease.delete(rest.stream().map(ObjectInfo::key).toList()));
    other = other.plus(-stay.objects(), -stay.bytes());
    held = held.plus(stay);
    lease.delete(leases);
    progress.advanced(0, forecast.other().bytes());
  }

  private static Amount amountOf(List<ObjectInfo> objects, Set<String> keys) {
    List<ObjectInfo> of = objects.stream().filter(o -> keys.contains(o.key())).toList();
    return Amount.NONE.plus(of.size(), of.stream().mapToLong(ObjectInfo::size).sum());
  }

  private List<ObjectInfo> oldLists() {
    try (Stream<ObjectInfo> listed = repository.list(RepositoryLayout.GARBAGE)) {
      return listed.toList();
    }
  }

  /** Reads lists that earlier prunes left; tells what stands on them. */
  private Set<String> read(List<ObjectInfo> oldLists, List<GarbageList> lists) {
    Set<String> condemned = new HashSet<>();
    for (ObjectInfo old : oldLists) {
      read(old.key())
          .ifPresent(
              list -> {
                lists.add(list);
                for (int i = 0; i < list.chunks().size(); i++) {
                  condemned.add(list.chunks().name(i));
                }
              });
    }
    return condemned;
  }

  /** A damaged list goes when damaged backups may go: what stood there is found again. */
  private Optional<GarbageList> read(String key) {
    try {
      return GarbageList.read(repository, key);
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.VERIFICATION_FAILED || !request.removeDamaged()) {
        throw e;
      }
      lease.delete(List.of(key));
      return Optional.empty();
    }
  }

  private List<GarbageList> condemn(Set<String> condemned) {
    List<String> names = new ArrayList<>();
    ChunkInventory all = survey.chunks();
    for (int row = 0; row < all.size(); row++) {
      if (survey.mayGo(row, lease.taken()) && !condemned.contains(all.name(row))) {
        names.add(all.name(row));
      }
    }
    return lease.condemn(names, BackupId.create(lease.taken()));
  }

  /** A list stays for a while if the prune that wrote it may still be at it. */
  private boolean isForgotten(GarbageList list, List<ObjectInfo> oldLists) {
    Instant limit = lease.taken().minus(LeaseSurvey.KEPT);
    return oldLists.stream()
        .anyMatch(o -> o.key().equals(list.key()) && o.modified().isBefore(limit));
  }

  private void workOff(GarbageList list, List<Running> running, boolean removeList) {
    ChunkInventory all = survey.chunks();
    List<String> keys = new ArrayList<>();
    Amount amount = Amount.NONE;
    for (int i = 0; i < list.chunks().size(); i++) {
      String name = list.chunks().name(i);
      int row = all.row(name);
      if (row >= 0 && !all.isNeeded(row)) {
        keys.add(RepositoryLayout.chunk(name));
        amount = amount.plus(1, all.bytes(row));
      }
    }
    if (running.stream().anyMatch(r -> !r.knows().contains(list.key()))) {
      waiting = waiting.plus(amount);
      return;
    }
    Amount stay = stay(lease.delete(keys));
    held = held.plus(stay);
    chunks = chunks.plus(amount.objects() - stay.objects(), amount.bytes() - stay.bytes());
    progress.advanced(0, amount.bytes());
    if (removeList) {
      lease.delete(List.of(list.key()));
    }
  }

  private Amount stay(Set<String> keys) {
    Amount amount = Amount.NONE;
    for (String key : keys) {
      String name = key.substring(key.lastIndexOf('/') + 1);
      amount = amount.plus(1, survey.chunks().bytes(survey.chunks().row(name)));
    }
    return amount;
  }

  /** What backups left behind that were never committed, and fences nobody can run into. */
  private void removeUnfinished(LeaseSurvey leases) {
    Set<String> running = new HashSet<>(leases.running().stream().map(Running::backupId).toList());
    List<ObjectInfo> spent = new ArrayList<>();
    survey
        .objects()
        .forEach(
            (id, of) -> {
              if (survey.committed().contains(id)
                  || running.contains(id)
                  || leases.committed().contains(id)) {
                return;
              }
              if (leases.over().contains(id)
                  || of.stream().anyMatch(this::isFence)
                  || (areOlder(of, request.grace()) && repository.fence(id))) {
                of.stream().filter(this::isSpent).forEach(spent::add);
              }
            });
    Set<String> stay = lease.delete(spent.stream().map(ObjectInfo::key).toList());
    held = held.plus(amountOf(spent, stay));
    for (ObjectInfo object : spent) {
      other = stay.contains(object.key()) ? other : other.plus(1, object.size());
    }
  }

  /** Records of damage to objects that have long not been there. */
  private List<String> recordsOfNothing() {
    try (Stream<ObjectInfo> records = repository.list(RepositoryLayout.DAMAGED)) {
      return records
          .filter(r -> areOlder(List.of(r), FENCED))
          .map(ObjectInfo::key)
          .filter(this::isOfNothing)
          .toList();
    }
  }

  /** What was left by those who may write but not delete. */
  private List<String> triedOut(String prefix) {
    try (Stream<ObjectInfo> left = repository.list(prefix)) {
      return left.filter(o -> isTrial(o.key(), prefix) && areOlder(List.of(o), TRIED))
          .map(ObjectInfo::key)
          .toList();
    }
  }

  /** Not so for what somebody else put there under a name that begins alike. */
  private static boolean isTrial(String key, String prefix) {
    return TRIAL.matcher(key.substring(prefix.length())).matches();
  }

  private boolean isOfNothing(String record) {
    String name = record.substring(RepositoryLayout.DAMAGED.length());
    return ChunkTable.isName(name) && survey.chunks().row(name) < 0;
  }

  private boolean isFence(ObjectInfo object) {
    return RepositoryLayout.isManifest(object.key()) && repository.isFence(object);
  }

  private boolean isSpent(ObjectInfo object) {
    return !RepositoryLayout.isManifest(object.key()) || areOlder(List.of(object), FENCED);
  }

  private boolean areOlder(List<ObjectInfo> objects, Duration than) {
    Instant limit = lease.taken().minus(than);
    return objects.stream().allMatch(o -> o.modified().isBefore(limit));
  }
}
