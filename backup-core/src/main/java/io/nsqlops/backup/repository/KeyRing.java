package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.KeySlot;
import io.nsqlops.backup.key.KeySlots;
import io.nsqlops.backup.model.KeySet;
import io.nsqlops.backup.store.ObjectStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Who can open a repository: adds and removes key slots. The slot that opened the repository is
 * never taken away before another was read back and proven, so one that opens is always there,
 * whenever a run is killed.
 */
public final class KeyRing {
  private final Repository repository;
  private final ObjectStore store;

  public KeyRing(Repository repository) {
    this.repository = repository;
    this.store = repository.store();
  }

  /**
   * A rotation.
   *
   * @param added the slot that opens from now on
   * @param removed the slots it stands in for
   */
  public record Rotation(String added, SortedSet<String> removed) {}

  /** Id of the slot that opened the repository. */
  public String inUse() {
    return KeySlotInfo.idOf(repository.unlocked().slot().key());
  }

  /**
   * Lets something more open the repository.
   *
   * @param provider what is to open it
   * @param label for people; everybody who can list the store can read it
   * @return id of the new slot
   * @throws OpsException USAGE if the repository is not encrypted, or this opens it already
   */
  public String add(KeyProvider provider, String label) {
    requireEncrypted();
    requireNew(provider);
    KeySet keys = repository.unlocked().slot().keys();
    String added = prove(provider, keys, label);
    // A rotation of the data key looks for us after it wrote its slot, so one sees the other.
    boolean outdated =
        Repository.keySlots(store).values().stream()
            .anyMatch(slot -> KeySlots.primaryOf(slot) > keys.primary());
    if (outdated) {
      throw new OpsException(
          ErrorKind.LOCKED,
          added,
          "the data key was replaced while key " + KeySlotInfo.idOf(added) + " was added",
          "take it away again (nsql-ops key remove "
              + KeySlotInfo.idOf(added)
              + ") and add it anew");
    }
    return KeySlotInfo.idOf(added);
  }

  /** Of two slots for one secret, removing one would revoke nothing. */
  private void requireNew(KeyProvider provider) {
    SortedMap<String, KeySet> open =
        KeySlots.opening(provider, Repository.keySlots(store), repository.id());
    if (!open.isEmpty()) {
      String id = KeySlotInfo.idOf(open.firstKey());
      throw new OpsException(
          ErrorKind.USAGE,
          open.firstKey(),
          "what is to be added opens the repository already, as key " + id,
          open.containsKey(repository.unlocked().slot().key())
              ? "give another passphrase or KMS key than the one in use"
              : "use it as it is; to add it anew, remove it first: nsql-ops key remove " + id);
    }
  }

  /** Writes a slot, reads it back and opens it; its object key. */
  private String prove(KeyProvider provider, KeySet keys, String label) {
    String key = RepositoryLayout.KEYS + UUID.randomUUID();
    byte[] document = KeySlots.wrap(provider, keys, repository.id(), label);
    Repository.putUncommitted(store, key, document);
    Map<String, byte[]> stored = store.get(key).map(found -> Map.of(key, found)).orElseGet(Map::of);
    if (stored.isEmpty()
        || !KeySlots.unwrap(provider, stored, repository.id()).keys().equals(keys)) {
      throw Repository.damaged(key, "is not what was just written there");
    }
    return key;
  }

  /**
   * Takes away what a slot opens.
   *
   * @param wanted its id or a unique beginning of it
   * @return the whole id
   * @throws OpsException USAGE if there is no such slot or it is the one in use, LOCKED while a
   *     prune runs
   */
  public String remove(String wanted, Instant now) {
    String key = find(wanted);
    if (key.equals(repository.unlocked().slot().key())) {
      throw new OpsException(
          ErrorKind.USAGE,
          key,
          "key " + inUse() + " opened the repository just now and is not removed by itself",
          KeySlotInfo.list(store).size() == 1
              ? "it is the only one: nothing could be restored without it; to replace it: nsql-ops"
                  + " key rotate"
              : "open the repository with another key to remove this one, or replace it: nsql-ops"
                  + " key rotate");
    }
    try (PruneLease lease = PruneLease.take(repository, now, false)) {
      requireStillThere(repository.unlocked().slot().key());
      lease.hide(List.of(key));
    }
    return KeySlotInfo.idOf(key);
  }

  /** Two that remove each other's slot at the same time would lock everybody out. */
  private void requireStillThere(String key) {
    if (store.head(key).isEmpty()) {
      throw new OpsException(
          ErrorKind.LOCKED,
          key,
          "key " + KeySlotInfo.idOf(key) + ", which opened the repository, was removed meanwhile",
          "see who else works on the keys: nsql-ops key list");
    }
  }

  private String find(String wanted) {
    List<String> fitting =
        KeySlotInfo.list(store).stream()
            .map(KeySlotInfo::id)
            .filter(id -> id.startsWith(wanted))
            .toList();
    Optional<String> whole = fitting.stream().filter(wanted::equals).findFirst();
    if (wanted.isEmpty() || (fitting.size() != 1 && whole.isEmpty())) {
      throw new OpsException(
          ErrorKind.USAGE,
          wanted,
          (fitting.isEmpty() ? "no key" : fitting.size() + " keys") + " begins with " + wanted,
          "see which there are: nsql-ops key list");
    }
    return RepositoryLayout.KEYS + whole.orElse(fitting.get(0));
  }

  /**
   * Lets something else open the repository in the place of what opened it now. A slot that an
   * interrupted rotation left behind is taken.
   *
   * @param fresh what is to open it from now on
   * @param label of the new slot
   * @throws OpsException USAGE if it is the same, LOCKED while a prune runs
   */
  public Rotation rotate(KeyProvider fresh, String label, Instant now) {
    requireEncrypted();
    Repository.Unlocked old = repository.unlocked();
    try (PruneLease lease = PruneLease.take(repository, now, false)) {
      Map<String, byte[]> slots = Repository.keySlots(store);
      requireStillThere(old.slot().key());
      SortedMap<String, KeySet> left = KeySlots.opening(fresh, slots, repository.id());
      requireOther(left);
      left.values().removeIf(keys -> keys.primary() < old.slot().keys().primary());
      String added = left.isEmpty() ? prove(fresh, old.slot().keys(), label) : left.firstKey();
      Set<String> replaced = KeySlots.opening(old.provider(), slots, repository.id()).keySet();
      return replace(lease, new TreeSet<>(replaced), added);
    }
  }

  private void requireOther(SortedMap<String, KeySet> fresh) {
    String key = repository.unlocked().slot().key();
    if (fresh.containsKey(key)) {
      throw new OpsException(
          ErrorKind.USAGE,
          key,
          "the new key is the one that opens the repository already",
          "if an interrupted rotation left others behind, see nsql-ops key list and remove them");
    }
  }

  /**
   * As {@link #rotate}, and seals new objects with a new data key; those already stored stay
   * readable with the old one. Slots of others would not open new objects, so there must be none.
   *
   * @param fresh what is to open it from now on; may be what opened it now
   */
  public Rotation rotateDataKey(KeyProvider fresh, String label, Instant now) {
    requireEncrypted();
    Repository.Unlocked old = repository.unlocked();
    try (PruneLease lease = PruneLease.take(repository, now, false)) {
      Map<String, byte[]> slots = Repository.keySlots(store);
      requireStillThere(old.slot().key());
      SortedSet<String> mine = new TreeSet<>();
      mine.addAll(KeySlots.opening(old.provider(), slots, repository.id()).keySet());
      mine.addAll(KeySlots.opening(fresh, slots, repository.id()).keySet());
      requireNoOther(slots.keySet(), mine);
      KeySet more = old.slot().keys().withNewPrimary(new SecureRandom());
      String added = prove(fresh, more, label);
      SortedSet<String> all = new TreeSet<>(mine);
      all.add(added);
      requireNoOther(Repository.keySlots(store).keySet(), all);
      return replace(lease, mine, added);
    }
  }

  private static void requireNoOther(Set<String> slots, Set<String> mine) {
    Set<String> others = new TreeSet<>(slots);
    others.removeAll(mine);
    if (!others.isEmpty()) {
      throw new OpsException(
          ErrorKind.USAGE,
          "keys/",
          "these keys cannot be given the new data key without their secrets: "
              + String.join(", ", others.stream().map(KeySlotInfo::idOf).toList()),
          "remove them (nsql-ops key remove ID), rotate, and add them again");
    }
  }

  private Rotation replace(PruneLease lease, SortedSet<String> old, String added) {
    try {
      lease.hide(old);
    } catch (OpsException e) {
      throw new OpsException(
          e.kind(),
          e.object(),
          "the new key "
              + KeySlotInfo.idOf(added)
              + " opens the repository, but the old one still does, too: "
              + e.getMessage(),
          e.hint() + " Then run the same command again.",
          e);
    }
    SortedSet<String> removed = new TreeSet<>();
    old.forEach(key -> removed.add(KeySlotInfo.idOf(key)));
    return new Rotation(KeySlotInfo.idOf(added), removed);
  }

  private void requireEncrypted() {
    if (!repository.encrypted()) {
      throw new OpsException(
          ErrorKind.USAGE,
          repository.location(),
          "the repository is not encrypted: there is nothing for a key to protect",
          "make another repository for encrypted backups");
    }
  }

  /** Label of the slot in use. */
  public String labelInUse() {
    return store
        .get(repository.unlocked().slot().key())
        .map(document -> KeySlot.describe(document).label())
        .orElse("");
  }
}
