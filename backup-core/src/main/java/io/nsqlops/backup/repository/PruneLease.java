package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The right to delete, which one process has at a time: nothing else in this program removes what a
 * backup stored. Leases are numbered; taking one is creating the next number, so of two that find
 * the same lease run out, one gets it.
 */
public final class PruneLease implements AutoCloseable {
  /** A lease nobody renewed for so long by the store's clock has run out. */
  static final Duration LIFE = Duration.ofMinutes(15);

  private static final int BATCH = 1000;

  private final Repository repository;
  private final ObjectStore store;
  private final long number;
  private final Instant taken;
  private final Renewal renewal;
  private LeaseRecord lease;

  private PruneLease(Repository repository, long number, Instant taken, LeaseRecord lease) {
    this.repository = repository;
    this.store = repository.store();
    this.number = number;
    this.taken = taken;
    this.lease = lease;
    this.renewal = new Renewal("lease of prune " + number, this::write);
  }

  /**
   * Takes the lease.
   *
   * @param since by the caller's clock, for people
   * @param breakOther takes it even from a holder that seems to live
   * @throws OpsException LOCKED if somebody else holds it
   */
  public static PruneLease take(Repository repository, Instant since, boolean breakOther) {
    ObjectStore store = repository.store();
    List<ObjectInfo> before;
    try (Stream<ObjectInfo> listed = store.list(RepositoryLayout.PRUNE_LEASES)) {
      before = listed.toList();
    }
    Instant now = StoreClock.now(store);
    long number = 1;
    if (!before.isEmpty()) {
      ObjectInfo last = before.get(before.size() - 1);
      number = numberOf(last.key()) + 1;
      if (!breakOther) {
        requireFree(repository, last, now);
      }
    }
    LeaseRecord lease = LeaseRecord.begun(since);
    if (!repository.create(RepositoryLayout.pruneLease(number), lease.write())) {
      throw locked(repository, RepositoryLayout.pruneLease(number));
    }
    PruneLease taken = new PruneLease(repository, number, now, lease);
    try {
      store.deleteAll(before.stream().map(ObjectInfo::key).toList());
    } catch (RuntimeException e) {
      taken.close();
      throw e;
    }
    return taken;
  }

  private static void requireFree(Repository repository, ObjectInfo last, Instant now) {
    boolean alive = Duration.between(last.modified(), now).compareTo(LIFE) < 0;
    if (alive && !read(repository, last.key()).ended()) {
      throw locked(repository, last.key());
    }
  }

  private static OpsException locked(Repository repository, String key) {
    return new OpsException(
        ErrorKind.LOCKED,
        key,
        "the repository at %s is locked by %s"
            .formatted(repository.location(), read(repository, key).told()),
        "wait until it has ended. If it is dead, its lock runs out "
            + LIFE.toMinutes()
            + " minutes after its last sign of life, or break it at once: nsql-ops prune"
            + " --break-lock …");
  }

  static LeaseRecord read(Repository repository, String key) {
    try {
      Optional<byte[]> plain = repository.readSealed(key);
      return plain.map(LeaseRecord::read).orElse(LeaseRecord.UNREADABLE);
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
        throw e;
      }
    } catch (RuntimeException e) {
      // not what was written there; its age still counts
    }
    return LeaseRecord.UNREADABLE;
  }

  private static long numberOf(String key) {
    String text = key.substring(RepositoryLayout.PRUNE_LEASES.length());
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Repository.damaged(key, "is no lease");
    }
  }

  /** When the lease was taken, by the store's clock. */
  public Instant taken() {
    return taken;
  }

  /** The present time by the store's clock. */
  public Instant now() {
    return StoreClock.now(store);
  }

  /**
   * Deletes objects, in this order; before every batch it makes sure that the right to do so was
   * not lost meanwhile.
   *
   * @return keys of objects that stay, because the store itself protects them yet
   */
  public Set<String> delete(List<String> keys) {
    Set<String> held = new HashSet<>();
    for (int from = 0; from < keys.size(); from += BATCH) {
      proveHeld();
      held.addAll(store.deleteAll(keys.subList(from, Math.min(keys.size(), from + BATCH))));
    }
    return held;
  }

  /** Takes objects out of sight, also those that the store itself protects. */
  public void hide(Collection<String> keys) {
    proveHeld();
    keys.forEach(store::delete);
  }

  /**
   * Publishes lists of chunk objects that are about to be deleted.
   *
   * @param names in key order
   */
  public List<GarbageList> condemn(List<String> names, String listPrefix) {
    List<GarbageList> lists = new ArrayList<>();
    for (int from = 0; from < names.size(); from += GarbageList.MOST) {
      proveHeld();
      String key = "%s%s-%06d".formatted(RepositoryLayout.GARBAGE, listPrefix, lists.size());
      List<String> part = names.subList(from, Math.min(names.size(), from + GarbageList.MOST));
      lists.add(GarbageList.publish(repository, key, part));
    }
    return lists;
  }

  /**
   * To be called before anything that cannot be undone.
   *
   * @throws OpsException LOCKED if somebody else took over
   */
  public void proveHeld() {
    renewal.prove();
    // Not only the next number: who took it may have been followed by another, who deleted it.
    try (Stream<ObjectInfo> listed = store.list(RepositoryLayout.PRUNE_LEASES)) {
      listed
          .map(ObjectInfo::key)
          .filter(key -> numberOf(key) > number)
          .findFirst()
          .ifPresent(
              key -> {
                throw locked(repository, key);
              });
    }
  }

  private void write() {
    repository.rewrite(RepositoryLayout.pruneLease(number), lease.write());
  }

  /** Best effort: a lease that is not ended runs out. */
  @Override
  public void close() {
    renewal.close();
    lease = lease.end();
    LastWords.say(this::write);
  }
}
