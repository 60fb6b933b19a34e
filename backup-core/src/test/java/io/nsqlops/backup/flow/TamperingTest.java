package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.engine.MemoryTable;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.key.passphrase.CheapPassphrase;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Pins;
import io.nsqlops.backup.repository.PruneLease;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.StateSurvey;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every byte of every kind of object counts: no damage to the store is ever read as data. */
class TamperingTest {
  private static final Set<ErrorKind> TOLD =
      EnumSet.of(ErrorKind.VERIFICATION_FAILED, ErrorKind.WRONG_KEY, ErrorKind.NO_REPOSITORY);

  private final MemoryObjectStore store = new MemoryObjectStore();

  /** One object of each kind is enough: descriptor, key slot, chunk, section, schema, manifest. */
  private static MemoryServer server() {
    return new MemoryServer()
        .add(MemoryTable.keyed(MemoryScenario.ITEMS).filled(1, 120, 70))
        .add(MemoryTable.keyed(MemoryScenario.FEW).filled(3, 5, 30))
        .add(MemoryScenario.object(Kind.DATABASE, "shop", "shop"));
  }

  @Test
  void encrypted() {
    MemoryScenario.backup(server(), MemoryRepositories.encrypted(store, "secret"), 1);
    everyByte(CheapPassphrase.of("secret"));
  }

  @Test
  void unencrypted() {
    MemoryScenario.backup(server(), MemoryRepositories.unencrypted(store), 1);
    everyByte(new ClearKeyProvider());
  }

  private void everyByte(KeyProvider keys) {
    List<String> objects = needed();
    assertThat(objects).hasSize(6);
    String sound = read(store, keys).orElseThrow();
    for (String key : objects) {
      byte[] original = store.get(key).orElseThrow();
      for (int i = 0; i < original.length; i++) {
        byte[] flipped = original.clone();
        flipped[i] ^= (byte) (1 << i % 8);
        requireTold(key, flipped, keys, sound, "byte " + i + " flipped");
      }
      for (int length = 0; length < original.length; length += 1 + original.length / 60) {
        requireTold(key, Arrays.copyOf(original, length), keys, sound, "cut to " + length);
      }
      byte[] longer = Arrays.copyOf(original, original.length + 1);
      requireTold(key, longer, keys, sound, "one byte longer");
      store.put(key, original);
    }
    assertThat(read(store, keys)).contains(sound);
  }

  /** Who reads a backup needs no leases. */
  private List<String> needed() {
    return store.list("").map(ObjectInfo::key).filter(k -> !k.startsWith("leases/")).toList();
  }

  private void requireTold(String key, byte[] spoilt, KeyProvider keys, String sound, String how) {
    store.put(key, spoilt);
    try {
      Optional<String> whole = read(store, keys);
      if (whole.isPresent()) {
        // a bit that says nothing: the end of a Base64 text, a spare bit of a zstd frame
        assertThat(whole.get().equals(sound))
            .as("%s, %s: read as something else", key, how)
            .isTrue();
        assertThat(isExact(key, keys)).as("%s, %s: not told", key, how).isFalse();
      }
    } catch (OpsException e) {
      assertThat(TOLD).as("%s, %s: %s", key, how, e.getMessage()).contains(e.kind());
      assertThat(e.hint()).isNotEmpty();
    }
  }

  /** Whether even a bit that changes no content must be told: what is sealed, or has a digest. */
  private static boolean isExact(String key, KeyProvider keys) {
    boolean digested = key.endsWith("/schema") || key.contains("/sections/");
    boolean sealed = !keys.kind().equals("clear") && key.contains("/") && !key.startsWith("keys/");
    return digested || sealed;
  }

  /** Everything there is to read; empty where verify lists damage. */
  private static Optional<String> read(ObjectStore store, KeyProvider keys) {
    Repository repository = MemoryRepositories.open(store, keys);
    BackupContents contents = BackupContents.read(repository, "latest");
    VerifyFlow.Report report = new VerifyFlow(repository, Progress.NONE).run("latest", 1);
    return report.damages().isEmpty()
        ? Optional.of(repository.id() + repository.encrypted() + contents)
        : Optional.empty();
  }

  /** What stands beside the backups takes no rows with it, but is not damaged unseen either. */
  @Test
  void pinsLeasesAndGarbageLists() {
    Repository repository = MemoryRepositories.encrypted(store, "secret");
    MemoryScenario.backup(server(), repository, 1);
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    new Pins(repository).pin(repository.find("latest").id(), now);
    try (PruneLease lease = PruneLease.take(repository, now, false)) {
      lease.condemn(List.of("0".repeat(64)), "list");
    }
    assertThat(StateSurvey.make(repository)).isEqualTo(new StateSurvey(1, 2, 0, 1, List.of()));
    List<String> state =
        store
            .list("")
            .map(ObjectInfo::key)
            .filter(k -> k.matches("(pins|garbage|leases/(backups|prune))/.*"))
            .toList();
    assertThat(state).hasSize(4);
    for (String key : state) {
      byte[] original = store.get(key).orElseThrow();
      for (int i = 0; i < original.length; i++) {
        byte[] flipped = original.clone();
        flipped[i] ^= (byte) (1 << i % 8);
        store.put(key, flipped);
        assertThat(StateSurvey.make(repository).damaged()).as("byte %d", i).containsExactly(key);
        store.put(key, Arrays.copyOf(original, i));
        assertThat(StateSurvey.make(repository).damaged()).as("cut at %d", i).containsExactly(key);
      }
      store.put(key, original);
    }
  }

  @Test
  void missingObjects() {
    MemoryScenario.backup(server(), MemoryRepositories.unencrypted(store), 1);
    for (String key : needed()) {
      byte[] original = store.get(key).orElseThrow();
      store.delete(key);
      try {
        assertThat(read(store, new ClearKeyProvider())).as(key).isEmpty();
      } catch (OpsException e) {
        // without its manifest a backup does not exist
        boolean manifest = key.endsWith("/manifest");
        assertThat(manifest ? EnumSet.of(ErrorKind.USAGE) : TOLD).as(key).contains(e.kind());
      }
      store.put(key, original);
    }
  }

  @Test
  void objectsThatTookEachOthersPlace() {
    Repository repository = MemoryRepositories.encrypted(store, "secret");
    MemoryServer server = server();
    MemoryScenario.backup(server, repository, 1);
    server.table(MemoryScenario.ITEMS).put(0, "more");
    MemoryScenario.backup(server, repository, 1);
    TreeMap<String, byte[]> originals = new TreeMap<>();
    store.list("").map(ObjectInfo::key).forEach(k -> originals.put(k, store.get(k).orElseThrow()));
    List<String> ids = repository.backupIds();
    for (String kind : List.of("manifest", "schema", "sections/000000")) {
      String last = "backups/" + ids.get(ids.size() - 1) + "/" + kind;
      String first = "backups/" + ids.get(0) + "/" + kind;
      store.put(last, originals.getOrDefault(first, new byte[0]));
      OpsException e =
          catchThrowableOfType(OpsException.class, () -> read(store, CheapPassphrase.of("secret")));
      assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
      store.put(last, originals.getOrDefault(last, new byte[0]));
    }
  }
}
