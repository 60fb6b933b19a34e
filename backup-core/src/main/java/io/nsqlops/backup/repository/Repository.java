package io.nsqlops.backup.repository;

import io.nsqlops.backup.codec.ChunkSealer;
import io.nsqlops.backup.codec.ManifestJson;
import io.nsqlops.backup.codec.Sealing;
import io.nsqlops.backup.codec.crypto.CryptoSuite;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.KeySlots;
import io.nsqlops.backup.model.KeySet;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.StoreCapabilities;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An open repository. Thread-safe; what {@link #chunks()} returns belongs to one thread. */
public final class Repository {
  private final ObjectStore store;
  private final Descriptor descriptor;
  private final Unlocked unlocked;
  private final Sealing sealing;
  private final CondemnedChunks condemned;

  /** How the repository was opened. */
  record Unlocked(KeyProvider provider, KeySlots.Opened slot) {}

  private Repository(
      ObjectStore store,
      Descriptor descriptor,
      Unlocked unlocked,
      Sealing sealing,
      CondemnedChunks condemned) {
    this.store = store;
    this.descriptor = descriptor;
    this.unlocked = unlocked;
    this.sealing = sealing;
    this.condemned = condemned;
  }

  /** The same repository for a writer that must not count on some chunks. */
  Repository avoiding(CondemnedChunks chunks) {
    return new Repository(store, descriptor, unlocked, sealing, chunks);
  }

  ObjectStore store() {
    return store;
  }

  Unlocked unlocked() {
    return unlocked;
  }

  /**
   * Makes a repository where there is none.
   *
   * @throws OpsException USAGE if there is one already
   */
  public static Repository init(ObjectStore store, KeyProvider provider, KeySet keys) {
    if (store.head(RepositoryLayout.DESCRIPTOR).isPresent()) {
      throw alreadyThere(store);
    }
    StoreCapabilities capabilities = store.probe();
    Descriptor descriptor =
        new Descriptor(UUID.randomUUID().toString(), keys.encrypts(), capabilities);
    String slot = RepositoryLayout.KEYS + UUID.randomUUID();
    putUncommitted(store, slot, KeySlots.wrap(provider, keys, descriptor.id(), ""));
    if (!putUncommitted(store, RepositoryLayout.DESCRIPTOR, descriptor.write())) {
      store.delete(slot);
      throw alreadyThere(store);
    }
    Unlocked unlocked = new Unlocked(provider, new KeySlots.Opened(slot, keys));
    Sealing sealing = new Sealing(descriptor.id(), keys, CryptoSuite.forSmall());
    return new Repository(store, descriptor, unlocked, sealing, CondemnedChunks.NONE);
  }

  private static OpsException alreadyThere(ObjectStore store) {
    return new OpsException(
        ErrorKind.USAGE,
        store.location(),
        "there is a repository at " + store.location() + " already",
        "use it as it is, or choose another place");
  }

  /** Opens a repository: NO_REPOSITORY, WRONG_KEY. */
  public static Repository open(ObjectStore store, KeyProvider provider, CryptoSuite suite) {
    return open(store, provider, () -> suite);
  }

  /** Likewise; asks for the suite once the keys are there. */
  public static Repository open(
      ObjectStore store, KeyProvider provider, Supplier<CryptoSuite> suite) {
    byte[] json = store.get(RepositoryLayout.DESCRIPTOR).orElseThrow(() -> nothingAt(store));
    Descriptor descriptor = Descriptor.read(json, store.location());
    KeySlots.Opened slot = KeySlots.unwrap(provider, keySlots(store), descriptor.id());
    Sealing sealing = new Sealing(descriptor.id(), slot.keys(), suite.get());
    return new Repository(
        store, descriptor, new Unlocked(provider, slot), sealing, CondemnedChunks.NONE);
  }

  static OpsException nothingAt(ObjectStore store) {
    return new OpsException(
        ErrorKind.NO_REPOSITORY,
        store.location(),
        "there is no repository at " + store.location(),
        "check the place, or make one there: nsql-ops init --repo "
            + ShellWord.of(store.address()));
  }

  /** All key slots, by object key. */
  static Map<String, byte[]> keySlots(ObjectStore store) {
    Map<String, byte[]> slots = new TreeMap<>();
    try (Stream<ObjectInfo> listed = store.list(RepositoryLayout.KEYS)) {
      listed.forEach(o -> store.get(o.key()).ifPresent(slot -> slots.put(o.key(), slot)));
    }
    return slots;
  }

  public String id() {
    return descriptor.id();
  }

  public String location() {
    return store.location();
  }

  /** The repository as the value of {@code --repo}, for hints. */
  String option() {
    return ShellWord.of(store.address());
  }

  public boolean encrypted() {
    return sealing.encrypts();
  }

  /** What the store could do when the repository was made. */
  public StoreCapabilities capabilities() {
    return descriptor.store();
  }

  /** Chunk access for one thread; to be closed by it. */
  public ChunkVault chunks() {
    return new ChunkVault(store, sealing, condemned);
  }

  /** Seals and stores an object of a backup that is not committed yet. */
  public StoredObject write(String key, byte[] plain) {
    byte[] sealed = seal(key, plain);
    putUncommitted(store, key, sealed);
    return new StoredObject(key, sealed.length, sha256(sealed));
  }

  /** Seals and writes an object that may change: leases and cursors do. */
  void rewrite(String key, byte[] plain) {
    store.put(key, seal(key, plain));
  }

  /** As {@link #write}; false if the key is taken. */
  boolean create(String key, byte[] plain) {
    return putUncommitted(store, key, seal(key, plain));
  }

  /**
   * The plain content of a sealed object, if it is there.
   *
   * @throws OpsException VERIFICATION_FAILED if it does not open
   */
  Optional<byte[]> readSealed(String key) {
    return store.get(key).map(found -> open(key, found));
  }

  /** All objects below a prefix, as {@link ObjectStore#list}; to be closed. */
  public Stream<ObjectInfo> list(String prefix) {
    return store.list(prefix);
  }

  /** Before the commit, an unknown outcome is no more than a reason to run again. */
  static boolean putUncommitted(ObjectStore store, String key, byte[] sealed) {
    try {
      return store.putIfAbsent(key, sealed);
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.COMMIT_UNKNOWN) {
        throw e;
      }
      throw new OpsException(
          ErrorKind.TRANSIENT,
          key,
          "the store does not tell whether it wrote " + key + ": " + e.getMessage(),
          "no backup was committed; run the same command again",
          e);
    }
  }

  /** As {@link ObjectStore#protectedUntil}. */
  public Optional<Instant> protectedUntil(String key) {
    return store.protectedUntil(key);
  }

  /** The plain content of an object that a manifest names, checked against it. */
  public byte[] read(StoredObject object) {
    byte[] sealed =
        store
            .get(object.key())
            .orElseThrow(() -> damaged(object.key(), "is missing from the store"));
    if (sealed.length != object.bytes() || !sha256(sealed).equals(object.sha256())) {
      throw damaged(object.key(), "is not what the manifest says");
    }
    return open(object.key(), sealed);
  }

  /**
   * Commits a backup: from here on it exists.
   *
   * @throws OpsException COMMIT_UNKNOWN if the store does not tell whether it happened
   */
  public void commit(Manifest manifest) {
    String key = RepositoryLayout.manifest(manifest.id());
    byte[] sealed = seal(key, ManifestJson.write(manifest));
    if (!isCommitted(key, sealed)) {
      throw isFenced(key) ? givenUp(manifest.id()) : taken(key, manifest.id());
    }
  }

  private static OpsException taken(String key, String backupId) {
    return new OpsException(
        ErrorKind.LOCKED,
        key,
        "another backup took the id " + backupId,
        "run the same command again");
  }

  private static OpsException givenUp(String backupId) {
    return new OpsException(
        ErrorKind.TRANSIENT,
        backupId,
        "a prune gave this backup up, because nothing was heard of it for long",
        "run the same command again; find out what kept this machine from the repository");
  }

  /**
   * Makes sure that a backup will never be committed: takes the place of its manifest.
   *
   * @return false if it is committed already
   */
  public boolean fence(String backupId) {
    String key = RepositoryLayout.manifest(backupId);
    return putUncommitted(store, key, Fence.content()) || isFenced(key);
  }

  private boolean isFenced(String manifest) {
    return store.head(manifest).filter(this::isFence).isPresent();
  }

  /** Whether an object where a manifest would be says that there is no such backup. */
  public boolean isFence(ObjectInfo manifest) {
    if (manifest.size() == 0) {
      // of earlier versions, unless there is something it should have been the manifest of
      String backup = manifest.key().substring(0, manifest.key().lastIndexOf('/') + 1);
      try (Stream<ObjectInfo> all = store.list(backup)) {
        return all.allMatch(o -> o.key().equals(manifest.key()));
      }
    }
    return Fence.mayBe(manifest) && store.get(manifest.key()).filter(Fence::is).isPresent();
  }

  /** Writes; where the store does not tell what became of it, the object itself does. */
  private boolean isCommitted(String key, byte[] sealed) {
    try {
      return store.putIfAbsent(key, sealed) || holds(key, sealed);
    } catch (OpsException e) {
      try {
        boolean unanswered =
            e.kind() == ErrorKind.COMMIT_UNKNOWN || e.kind() == ErrorKind.INTERRUPTED;
        if (unanswered && Uninterrupted.get(() -> holds(key, sealed))) {
          return true;
        }
      } catch (OpsException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private boolean holds(String key, byte[] sealed) {
    return store.get(key).filter(found -> Arrays.equals(found, sealed)).isPresent();
  }

  /** Ids of all committed backups, oldest first. */
  public List<String> backupIds() {
    try (Stream<ObjectInfo> listed = store.list(RepositoryLayout.BACKUPS)) {
      return listed
          .filter(o -> RepositoryLayout.isManifest(o.key()) && !isFence(o))
          .map(o -> RepositoryLayout.backupIdOf(o.key()))
          .sorted()
          .toList();
    }
  }

  /** The manifest of this id. */
  public Manifest manifest(String backupId) {
    return lookUp(backupId).orElseThrow(() -> noBackup(backupId, "has no backup " + backupId));
  }

  /** The manifest of this id; empty if there is none, or none any more. */
  public Optional<Manifest> lookUp(String backupId) {
    String key = RepositoryLayout.manifest(backupId);
    return store.get(key).filter(o -> !Fence.is(o)).map(o -> readManifest(backupId, key, o));
  }

  private Manifest readManifest(String backupId, String key, byte[] sealed) {
    try {
      Manifest manifest = ManifestJson.read(open(key, sealed));
      if (!manifest.id().equals(backupId)) {
        throw damaged(key, "holds the manifest of another backup");
      }
      return manifest;
    } catch (RuntimeException e) {
      throw e instanceof OpsException ops ? ops : damaged(key, "is damaged: " + e.getMessage());
    }
  }

  /**
   * Finds a backup by its id, a unique beginning of it, or {@code latest}.
   *
   * @throws OpsException USAGE if none or several fit, or nothing is said; VERIFICATION_FAILED if
   *     its manifest is damaged, with a hint that names others
   */
  public Manifest find(String wanted) {
    if (wanted.isBlank()) {
      throw new OpsException(
          ErrorKind.USAGE,
          location(),
          "the name of a backup is empty",
          "give an id or a beginning of one (nsql-ops list --repo %s), or latest"
              .formatted(option()));
    }
    List<String> ids = backupIds();
    if (ids.isEmpty()) {
      throw noBackup(wanted, "holds no backup yet");
    }
    if (wanted.equals("latest")) {
      return found(ids.get(ids.size() - 1));
    }
    List<String> fitting = ids.stream().filter(id -> id.startsWith(wanted)).toList();
    if (fitting.size() != 1) {
      String found = fitting.isEmpty() ? "no backup" : fitting.size() + " backups";
      throw noBackup(wanted, "has " + found + " whose id begins with " + wanted);
    }
    return found(fitting.get(0));
  }

  private Manifest found(String backupId) {
    return OtherBackups.orNamed(this, backupId, () -> manifest(backupId));
  }

  private OpsException noBackup(String wanted, String what) {
    return new OpsException(
        ErrorKind.USAGE,
        wanted,
        "the repository at " + location() + " " + what,
        "see what is there: nsql-ops list --repo " + option());
  }

  private byte[] seal(String key, byte[] plain) {
    try (ChunkSealer sealer = sealing.newSealer()) {
      return sealer.seal(key, plain, 0, plain.length);
    }
  }

  private byte[] open(String key, byte[] sealed) {
    try (ChunkSealer sealer = sealing.newSealer()) {
      return sealer.open(key, sealed);
    }
  }

  static OpsException damaged(String key, String what) {
    return new OpsException(
        ErrorKind.VERIFICATION_FAILED,
        key,
        "object " + key + " " + what,
        "put the object back from a copy of the repository; `nsql-ops verify` lists all damage");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
