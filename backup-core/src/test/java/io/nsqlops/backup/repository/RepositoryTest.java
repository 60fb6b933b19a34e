package io.nsqlops.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.key.passphrase.CheapPassphrase;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.StoreUri;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import io.nsqlops.backup.store.s3.S3ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RepositoryTest {
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final Repository repository = MemoryRepositories.encrypted(store, "secret");

  @Test
  void thereIsOneRepositoryInAPlace() {
    assertThat(told(() -> MemoryRepositories.unencrypted(store)).kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(store.list("keys/")).hasSize(1);
    Repository again = MemoryRepositories.open(store, CheapPassphrase.of("secret"));
    assertThat(again.id()).isEqualTo(repository.id());
    assertThat(again.encrypted()).isTrue();
  }

  @Test
  void aChunkThatNoReaderWouldOpenIsNotWritten() {
    String id = "ab".repeat(32);
    try (ChunkVault vault = repository.chunks()) {
      OpsException e = told(() -> vault.put(id, new byte[1], (256 << 20) + 1, put -> {}));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e).hasMessageContaining("268,435,457 bytes");
    }
    assertThat(store.list("chunks/")).isEmpty();
  }

  @Test
  void keysDecideWhatOpens() {
    for (ThrowingCallable open :
        List.<ThrowingCallable>of(
            () -> MemoryRepositories.open(store, CheapPassphrase.of("Secret")),
            () -> MemoryRepositories.open(store, new ClearKeyProvider()))) {
      assertThat(told(open).kind()).isEqualTo(ErrorKind.WRONG_KEY);
    }
    assertThat(told(() -> MemoryRepositories.open(store, new ClearKeyProvider())).getMessage())
        .isEqualTo(
            "neither a passphrase nor a KMS key was given, but the repository is opened by a"
                + " passphrase");
    MemoryObjectStore clear = new MemoryObjectStore();
    MemoryRepositories.unencrypted(clear);
    assertThat(told(() -> MemoryRepositories.open(clear, CheapPassphrase.of("s"))).getMessage())
        .isEqualTo("a passphrase was given, but the repository is not encrypted");
    MemoryObjectStore empty = new MemoryObjectStore();
    assertThat(told(() -> MemoryRepositories.open(empty, new ClearKeyProvider())).kind())
        .isEqualTo(ErrorKind.NO_REPOSITORY);
  }

  @Test
  void hintsGiveTheAddressAsItIsToBeTyped() {
    assertThat(ShellWord.of("/var/backups/shop")).isEqualTo("/var/backups/shop");
    assertThat(ShellWord.of("/my shop's")).isEqualTo("'/my shop'\\''s'");
    String address =
        "s3://backups/shop?endpoint=http://127.0.0.1:9000&region=eu-west-1&path-style=true";
    ObjectStore nowhere =
        StoreUri.parse(address)
            .map(uri -> new S3ObjectStore(uri), directory -> new MemoryObjectStore());
    try (nowhere) {
      assertThat(Repository.nothingAt(nowhere).hint())
          .endsWith("nsql-ops init --repo '" + address + "'");
    }
  }

  @Test
  void aKeySlotOfAnotherRepositoryDoesNotOpenThisOne() {
    MemoryObjectStore other = new MemoryObjectStore();
    MemoryRepositories.encrypted(other, "secret");
    String slot = store.list("keys/").map(ObjectInfo::key).findFirst().orElseThrow();
    String theirs = other.list("keys/").map(ObjectInfo::key).findFirst().orElseThrow();
    store.put(slot, other.get(theirs).orElseThrow());
    assertThat(told(() -> MemoryRepositories.open(store, CheapPassphrase.of("secret"))).kind())
        .isEqualTo(ErrorKind.WRONG_KEY);
  }

  @Test
  void chunksAreStoredOnceAndCheckedAgainstTheirNames() {
    byte[] text = "1\ta\n2\tb\n".getBytes(StandardCharsets.UTF_8);
    try (ChunkVault vault = repository.chunks()) {
      String id = vault.id(text, 0, text.length);
      ChunkVault.Put first = stored(vault, id, text);
      assertThat(first.isNew()).isTrue();
      assertThat(stored(vault, id, text)).isEqualTo(new ChunkVault.Put(first.storedBytes(), false));
      assertThat(vault.get(chunk(id, 8))).isEqualTo(text);
      assertThat(told(() -> vault.get(chunk(id, 9))).kind())
          .isEqualTo(ErrorKind.VERIFICATION_FAILED);
      assertThat(told(() -> vault.get(chunk("0".repeat(64), 8))).object())
          .isEqualTo("chunks/00/" + "0".repeat(64));
      ChunkRef inline = new ChunkRef(id, 2, 8, 0, null, false, RawText.of(text));
      assertThat(vault.get(inline)).isEqualTo(text);
      ChunkRef forged = new ChunkRef(id, 2, 8, 0, null, false, RawText.ofUtf8("1\ta\n2\tB\n"));
      assertThat(told(() -> vault.get(forged)).kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    }
  }

  @Test
  void namesConfirmNoContentToOtherRepositories() {
    byte[] text = {1, 2, 3};
    Repository other = MemoryRepositories.unencrypted(new MemoryObjectStore());
    try (ChunkVault mine = repository.chunks();
        ChunkVault theirs = other.chunks()) {
      assertThat(mine.id(text, 0, 3)).hasSize(64).isNotEqualTo(theirs.id(text, 0, 3));
    }
  }

  @Test
  void backupsAreFoundByAnyUniqueBeginning() {
    assertThat(told(() -> repository.find("latest")).kind()).isEqualTo(ErrorKind.USAGE);
    repository.commit(manifest("20260102T000000Z-aa"));
    repository.commit(manifest("20260101T000000Z-bb"));
    repository.commit(manifest("20260102T000000Z-ab"));

    assertThat(repository.backupIds())
        .containsExactly("20260101T000000Z-bb", "20260102T000000Z-aa", "20260102T000000Z-ab");
    assertThat(repository.find("latest").id()).isEqualTo("20260102T000000Z-ab");
    assertThat(repository.find("20260101").id()).isEqualTo("20260101T000000Z-bb");
    assertThat(told(() -> repository.find("20260102")).kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(told(() -> repository.find("2027")).kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(told(() -> repository.manifest("nothing")).kind()).isEqualTo(ErrorKind.USAGE);
  }

  /** As from a variable of a script that was not set. */
  @Test
  void anEmptyNameIsNoBeginningOfEveryId() {
    repository.commit(manifest("20260102T000000Z-aa"));
    for (String empty : new String[] {"", "  "}) {
      OpsException told = told(() -> repository.find(empty));
      assertThat(told.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(told).hasMessage("the name of a backup is empty");
      assertThat(told.hint()).contains("nsql-ops list").contains("latest");
    }
  }

  @Test
  void anIdIsTakenOnce() {
    repository.commit(manifest("id"));
    assertThat(told(() -> repository.commit(manifest("id"))).kind()).isEqualTo(ErrorKind.LOCKED);
  }

  @Test
  void whatAManifestDoesNotNameIsInvisible() {
    repository.write(RepositoryLayout.schema("lost"), new byte[10]);
    store.put("backups/lost/sections/000000", new byte[10]);
    store.put("backups/lost/manifest.tmp", new byte[10]);
    assertThat(repository.backupIds()).isEmpty();
  }

  @Test
  void objectsAreReadAsTheyWereWrittenOrNotAtAll() {
    byte[] plain = "schema".getBytes(StandardCharsets.UTF_8);
    StoredObject object = repository.write(RepositoryLayout.schema("id"), plain);
    assertThat(repository.read(object)).isEqualTo(plain);
    StoredObject longer = new StoredObject(object.key(), object.bytes() + 1, object.sha256());
    assertThat(told(() -> repository.read(longer)).kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    store.delete(object.key());
    assertThat(told(() -> repository.read(object)).object()).isEqualTo(object.key());
  }

  private static ChunkRef chunk(String id, long bytes) {
    return new ChunkRef(id, 2, bytes, 50, null, false, null);
  }

  private static Manifest manifest(String id) {
    return new Manifest(
        id,
        1,
        new ServerInfo("memory", "1", "here"),
        new SnapshotPoint("time", Instant.EPOCH),
        Instant.EPOCH,
        Instant.EPOCH,
        Map.of(),
        new Manifest.Totals(0, 0, 0, 0, 0, 0, 0),
        new StoredObject("schema", 0, ""),
        List.of(),
        List.of());
  }

  private static OpsException told(ThrowingCallable call) {
    OpsException e = catchThrowableOfType(OpsException.class, call);
    assertThat(e).isNotNull();
    return e;
  }

  private static ChunkVault.Put stored(ChunkVault vault, String id, byte[] text) {
    List<ChunkVault.Put> puts = new ArrayList<>();
    vault.put(id, text, text.length, puts::add);
    vault.settle();
    assertThat(puts).hasSize(1);
    return puts.get(0);
  }
}
