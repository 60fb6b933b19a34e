package io.nsqlops.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.codec.crypto.CryptoSuite;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.KeySlots;
import io.nsqlops.backup.key.passphrase.CheapPassphrase;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.store.FaultingObjectStore;
import io.nsqlops.backup.store.FaultingObjectStore.Operation;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
  private static final byte[] PLAIN = "schema".getBytes(StandardCharsets.UTF_8);
  private static final KeyProvider OLD = CheapPassphrase.of("old");
  private static final KeyProvider NEW = CheapPassphrase.of("new");

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final Repository repository = MemoryRepositories.encrypted(store, "old");
  private final StoredObject object = repository.write(RepositoryLayout.schema("before"), PLAIN);

  @Test
  void severalKeysOpenTheSameRepository() {
    KeyRing ring = new KeyRing(repository);
    String added = ring.add(NEW, "break glass");

    assertThat(open(NEW).read(object)).isEqualTo(PLAIN);
    assertThat(open(OLD).read(object)).isEqualTo(PLAIN);
    assertThat(KeySlotInfo.list(store))
        .extracting(KeySlotInfo::id, KeySlotInfo::kind, KeySlotInfo::label)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(ring.inUse(), "passphrase", ""),
            org.assertj.core.groups.Tuple.tuple(added, "passphrase", "break glass"));
    assertThat(new KeyRing(open(NEW)).inUse()).isEqualTo(added);
    assertThat(new KeyRing(open(NEW)).labelInUse()).isEqualTo("break glass");
  }

  @Test
  void whatOpensTheRepositoryAlreadyIsNotAddedAgain() {
    KeyRing ring = new KeyRing(repository);
    String added = ring.add(NEW, "");

    OpsException other = told(() -> ring.add(CheapPassphrase.of("new"), "twice"));
    assertThat(other.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(other.getMessage()).contains(added);
    assertThat(other.hint()).contains("nsql-ops key remove " + added);
    OpsException inUse = told(() -> ring.add(CheapPassphrase.of("old"), ""));
    assertThat(inUse.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(inUse.getMessage()).contains(ring.inUse());
    assertThat(slots(store)).hasSize(2);

    ring.remove(added, Instant.now());
    assertThat(opens(store, NEW)).isFalse();
    ring.add(NEW, "");
    assertThat(opens(store, NEW)).isTrue();
  }

  @Test
  void whatIsRemovedOpensNothingMore() {
    String added = new KeyRing(repository).add(NEW, "");
    KeyRing ring = new KeyRing(open(NEW));
    String first = new KeyRing(repository).inUse();

    assertThat(ring.remove(first.substring(0, 12), Instant.now())).isEqualTo(first);
    assertThat(told(() -> open(OLD)).kind()).isEqualTo(ErrorKind.WRONG_KEY);
    assertThat(open(NEW).read(object)).isEqualTo(PLAIN);

    OpsException last = told(() -> ring.remove(added, Instant.now()));
    assertThat(last.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(last.hint()).contains("the only one");
    assertThat(open(NEW).id()).isEqualTo(repository.id());
  }

  @Test
  void theKeyInUseStays() {
    KeyRing ring = new KeyRing(repository);
    ring.add(NEW, "");
    assertThat(told(() -> ring.remove(ring.inUse(), Instant.now())).kind())
        .isEqualTo(ErrorKind.USAGE);
    assertThat(told(() -> ring.remove("zz", Instant.now())).getMessage()).contains("no key begins");
    assertThat(told(() -> ring.remove("", Instant.now())).getMessage()).contains("2 keys begin");
    assertThat(slots(store)).hasSize(2);
  }

  @Test
  void twoCannotLockEachOtherOut() {
    String added = new KeyRing(repository).add(NEW, "");
    KeyRing second = new KeyRing(open(NEW));
    new KeyRing(repository).remove(added, Instant.now());
    OpsException e = told(() -> second.remove(new KeyRing(repository).inUse(), Instant.now()));
    assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED);
    assertThat(open(OLD).id()).isEqualTo(repository.id());
  }

  @Test
  void whileAPruneRunsNothingIsRemoved() {
    String added = new KeyRing(repository).add(NEW, "");
    try (PruneLease prune = PruneLease.take(repository, Instant.now(), false)) {
      KeyRing ring = new KeyRing(repository);
      assertThat(told(() -> ring.remove(added, Instant.now())).kind()).isEqualTo(ErrorKind.LOCKED);
      assertThat(told(() -> ring.rotate(CheapPassphrase.of("x"), "", Instant.now())).kind())
          .isEqualTo(ErrorKind.LOCKED);
      prune.proveHeld();
    }
    assertThat(slots(store)).hasSize(2);
  }

  @Test
  void aRotationReplacesEverySlotOfTheOldPassphrase() {
    KeyRing ring = new KeyRing(repository);
    store.put(
        "keys/twice",
        KeySlots.wrap(OLD, repository.unlocked().slot().keys(), repository.id(), "the same twice"));
    ring.add(CheapPassphrase.of("third"), "");
    KeyRing.Rotation done = ring.rotate(NEW, "shop", Instant.now());

    assertThat(done.removed()).hasSize(2).contains(ring.inUse()).doesNotContain(done.added());
    assertThat(told(() -> open(OLD)).kind()).isEqualTo(ErrorKind.WRONG_KEY);
    assertThat(open(NEW).read(object)).isEqualTo(PLAIN);
    assertThat(open(CheapPassphrase.of("third")).read(object)).isEqualTo(PLAIN);
    assertThat(new KeyRing(open(NEW)).labelInUse()).isEqualTo("shop");
  }

  @Test
  void aPassphraseIsNotReplacedByItself() {
    OpsException e =
        told(() -> new KeyRing(repository).rotate(CheapPassphrase.of("old"), "", Instant.now()));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(slots(store)).hasSize(1);
  }

  @Test
  void anInterruptedRotationIsTakenUp() {
    String left = new KeyRing(repository).add(NEW, "");
    KeyRing.Rotation done = new KeyRing(repository).rotate(NEW, "", Instant.now());
    assertThat(done.added()).isEqualTo(left);
    assertThat(slots(store)).containsExactly("keys/" + left);
  }

  @Test
  void aNewDataKeySealsWhatComesAndOpensWhatWas() {
    new KeyRing(repository).rotateDataKey(NEW, "", Instant.now());
    Repository after = open(NEW);
    StoredObject later = after.write(RepositoryLayout.schema("after"), PLAIN);

    assertThat(open(NEW).read(object)).isEqualTo(PLAIN);
    assertThat(open(NEW).read(later)).isEqualTo(PLAIN);
    assertThat(store.get(later.key()).orElseThrow()[8]).isEqualTo((byte) 2);
    assertThat(store.get(object.key()).orElseThrow()[8]).isEqualTo((byte) 1);
    // who opened the repository before goes on writing what everybody can read
    StoredObject meanwhile = repository.write(RepositoryLayout.schema("meanwhile"), PLAIN);
    assertThat(open(NEW).read(meanwhile)).isEqualTo(PLAIN);
    try (ChunkVault one = repository.chunks();
        ChunkVault two = after.chunks()) {
      assertThat(one.id(PLAIN, 0, 6)).isEqualTo(two.id(PLAIN, 0, 6));
    }
    assertThat(slots(store)).hasSize(1);
  }

  @Test
  void aNewDataKeyCanKeepThePassphrase() {
    new KeyRing(repository).rotateDataKey(OLD, "", Instant.now());
    assertThat(open(OLD).read(object)).isEqualTo(PLAIN);
    assertThat(slots(store)).hasSize(1);
  }

  @Test
  void aNewDataKeyLocksNobodyOut() {
    String third = new KeyRing(repository).add(CheapPassphrase.of("third"), "");
    OpsException e = told(() -> new KeyRing(repository).rotateDataKey(NEW, "", Instant.now()));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage()).contains(third);
    assertThat(slots(store)).hasSize(2);
  }

  @Test
  void aKeyAddedDuringARotationOfTheDataKeyIsTold() {
    new KeyRing(repository).rotateDataKey(NEW, "", Instant.now());
    OpsException e = told(() -> new KeyRing(repository).add(CheapPassphrase.of("late"), ""));
    assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED);
    assertThat(e.hint()).contains("key remove");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void newestKeysAreTriedFirst(boolean dataKey) {
    FaultingObjectStore dying =
        new FaultingObjectStore(store).failingFrom(Operation.DELETE, 1, ErrorKind.TRANSIENT);
    KeyRing ring = new KeyRing(MemoryRepositories.open(dying, OLD));
    OpsException e =
        told(
            () -> {
              if (dataKey) {
                ring.rotateDataKey(OLD, "", Instant.now());
              } else {
                ring.rotate(NEW, "", Instant.now());
              }
            });
    assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(e.getMessage()).contains("the old one still does, too");
    assertThat(slots(store)).hasSize(2);
    assertThat(open(OLD).unlocked().slot().keys().primary()).isEqualTo(dataKey ? 2 : 1);
  }

  /** Whatever call a run dies at, what opened the repository before or after opens it. */
  @ParameterizedTest
  @EnumSource(Operation.class)
  void whereverItIsKilledTheRepositoryOpens(Operation operation) {
    for (boolean committed : new boolean[] {false, true}) {
      for (boolean dataKey : new boolean[] {false, true}) {
        boolean finished = false;
        for (int call = 1; !finished; call++) {
          finished = killedAt(operation, call, committed, dataKey);
          assertThat(call).isLessThan(50);
        }
      }
    }
  }

  private static boolean killedAt(Operation at, int call, boolean committed, boolean dataKey) {
    MemoryObjectStore inner = new MemoryObjectStore();
    MemoryRepositories.encrypted(inner, "old").write(RepositoryLayout.schema("a"), PLAIN);
    FaultingObjectStore faulting = new FaultingObjectStore(inner);
    Repository opened = MemoryRepositories.open(faulting, OLD);
    int before = faulting.calls(at);
    if (committed) {
      faulting.losingReply(at, before + call, ErrorKind.TRANSIENT);
    } else {
      faulting.failingFrom(at, before + call, ErrorKind.TRANSIENT);
    }
    OpsException died =
        catchThrowableOfType(OpsException.class, () -> rotate(new KeyRing(opened), dataKey));
    faulting.heal();
    KeyProvider opening = opens(inner, NEW) ? NEW : OLD;
    Repository after = MemoryRepositories.open(inner, opening);
    assertThat(after.readSealed(RepositoryLayout.schema("a"))).contains(PLAIN);
    if (died == null) {
      assertThat(opens(inner, OLD)).isFalse();
      return faulting.calls(at) < before + call;
    }
    assertThat(died.kind()).isIn(ErrorKind.TRANSIENT, ErrorKind.VERIFICATION_FAILED);
    return false;
  }

  private static void rotate(KeyRing ring, boolean dataKey) {
    if (dataKey) {
      ring.rotateDataKey(NEW, "", Instant.now());
    } else {
      ring.rotate(NEW, "", Instant.now());
    }
  }

  private static boolean opens(ObjectStore in, KeyProvider provider) {
    try {
      return !MemoryRepositories.open(in, provider).id().isEmpty();
    } catch (OpsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.WRONG_KEY);
      return false;
    }
  }

  @Test
  void anUnencryptedRepositoryHasNothingToProtect() {
    MemoryObjectStore open = new MemoryObjectStore();
    KeyRing ring = new KeyRing(MemoryRepositories.unencrypted(open));
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> ring.add(NEW, ""),
            () -> ring.rotate(NEW, "", Instant.now()),
            () -> ring.rotateDataKey(NEW, "", Instant.now()))) {
      assertThat(told(call).kind()).isEqualTo(ErrorKind.USAGE);
    }
    assertThat(KeySlotInfo.list(open)).extracting(KeySlotInfo::kind).containsExactly("clear");
  }

  @Test
  void whatIsNoSlotIsListedAsDamagedAndCanGo() {
    store.put("keys/broken", new byte[] {1});
    assertThat(KeySlotInfo.list(store)).extracting(KeySlotInfo::kind).contains("damaged");
    new KeyRing(open(OLD)).remove("broken", Instant.now());
    assertThat(slots(store)).hasSize(1);
    assertThat(told(() -> KeySlotInfo.list(new MemoryObjectStore())).kind())
        .isEqualTo(ErrorKind.NO_REPOSITORY);
  }

  private Repository open(KeyProvider provider) {
    return Repository.open(store, provider, CryptoSuite.JDK);
  }

  private static List<String> slots(ObjectStore in) {
    return in.list("keys/").map(ObjectInfo::key).toList();
  }

  private static OpsException told(ThrowingCallable call) {
    OpsException e = catchThrowableOfType(OpsException.class, call);
    assertThat(e).isNotNull();
    return e;
  }
}
