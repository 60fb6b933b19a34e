package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.engine.MemoryTable;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.passphrase.CheapPassphrase;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.KeyRing;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.FaultingObjectStore;
import io.nsqlops.backup.store.FaultingObjectStore.Operation;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.filesystem.FilesystemObjectStore;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What flows write, read by a program that has only docs/repository-format.md in common with us.
 */
@NeedsBed(Bed.PYTHON_READER)
class IndependentReaderTest {
  private static final TableName LARGE = new TableName("shop", "large");
  private static final TableName EMPTY = new TableName("shop", "empty");
  private static final TableName QUOTES = new TableName("a.b", "we`ird \"name\"\\\n'%");
  private static final TableName FOREIGN = new TableName("köln", "日本 😀");

  @TempDir Path directory;

  private Repository repository(boolean encrypted) {
    FilesystemObjectStore store = new FilesystemObjectStore(directory);
    return encrypted
        ? MemoryRepositories.encrypted(store, "secret")
        : MemoryRepositories.unencrypted(store);
  }

  private PythonRun read(boolean encrypted, String... options) {
    return PythonRun.of(directory, encrypted ? "secret" : null, options);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyBackupIsReadAsItWasWritten(boolean encrypted) {
    Repository repository = repository(encrypted);
    MemoryServer server =
        MemoryScenario.shop()
            .add(MemoryTable.keyed(LARGE).filled(4, 3000, 4000))
            .add(MemoryTable.keyed(EMPTY))
            .add(MemoryTable.keyless(new TableName("shop", "empty too")))
            .add(MemoryTable.keyless(QUOTES).filled(5, 30, 90))
            .add(MemoryTable.keyed(FOREIGN).filled(6, 30, 90))
            .add(MemoryScenario.object(Kind.TRIGGER, "köln", "日本 `"));
    server.table(MemoryScenario.FEW).put(-1, "Größe\\t\\\\\\n\\0 😀 \r \\\\N");
    server.table(MemoryScenario.FEW).put(-2, "\\N");
    Manifest first = MemoryScenario.backup(server, repository, 1);
    final String before = text(server, MemoryScenario.FEW);
    server.table(MemoryScenario.FEW).put(-3, "");
    server.table(LARGE).put(9000, "changed");
    server.splitAt(List.of(5000L, 10_000L));
    Manifest second = MemoryScenario.backup(server, repository, 3);

    assertThat(first.totals().newChunks()).isBetween(4L, first.totals().chunks() - 3);
    assertThat(second.totals().newChunks()).isBetween(1L, first.totals().newChunks() - 1);
    assertThat(read(encrypted)).isEqualTo(new PythonRun(0, line(first) + line(second)));
    assertThat(read(encrypted, "--rows", "shop.empty")).isEqualTo(new PythonRun(0, ""));
    assertThat(read(encrypted, "--rows", QUOTES.toString()))
        .isEqualTo(new PythonRun(0, text(server, QUOTES).repeat(2)));
    assertThat(read(encrypted, "--rows", "shop.few"))
        .isEqualTo(new PythonRun(0, before + text(server, MemoryScenario.FEW)));
  }

  private static String line(Manifest manifest) {
    Manifest.Totals totals = manifest.totals();
    return "%s tables=%d rows=%d bytes=%d chunks=%d%n"
        .formatted(manifest.id(), totals.tables(), totals.rows(), totals.bytes(), totals.chunks());
  }

  private static String text(MemoryServer server, TableName table) {
    return String.join("", server.table(table).rows());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneByteOfEachKindOfObjectIsToldByItsName(boolean encrypted) throws IOException {
    Map<String, String> kinds = oneOfEachKind(encrypted);
    assertThat(kinds).hasSize(6);
    for (String key : kinds.values()) {
      Path file = directory.resolve(key);
      byte[] original = Files.readAllBytes(file);
      byte[] flipped = original.clone();
      flipped[position(key, original)] ^= 1;
      Files.write(file, flipped);
      requireTold(read(encrypted), key);
      Files.write(file, original);
    }
    assertThat(read(encrypted).exitCode()).isZero();
  }

  @Test
  void whatIsMissingIsToldByItsName() throws IOException {
    Map<String, String> kinds = oneOfEachKind(true);
    // without its manifest a backup is none
    kinds.remove("manifest");
    for (Map.Entry<String, String> kind : kinds.entrySet()) {
      Path file = directory.resolve(kind.getValue());
      byte[] original = Files.readAllBytes(file);
      Files.delete(file);
      requireTold(read(true), kind.getKey().equals("keys") ? "keys/" : kind.getValue());
      Files.write(file, original);
    }
  }

  private static void requireTold(PythonRun run, String key) {
    assertThat(run.exitCode()).as("%s: %s", key, run.output()).isEqualTo(4);
    assertThat(run.output()).contains(key).doesNotContain("Traceback");
  }

  /** The last key of each kind of a repository with one backup. */
  private Map<String, String> oneOfEachKind(boolean encrypted) {
    MemoryScenario.backup(MemoryScenario.shop(), repository(encrypted), 1);
    Map<String, String> kinds = new TreeMap<>();
    new FilesystemObjectStore(directory)
        .list("")
        .map(ObjectInfo::key)
        // what backups and prunes tell each other is no part of any backup
        .filter(key -> !key.startsWith("leases/"))
        .forEach(key -> kinds.put(kind(key), key));
    return kinds;
  }

  private static String kind(String key) {
    if (key.startsWith("backups/")) {
      return key.contains("/sections/") ? "section" : key.substring(key.lastIndexOf('/') + 1);
    }
    return key.replaceAll("/.*", "");
  }

  /** Sealed objects are spoilt in the middle, the others where a text matters to every reader. */
  private static int position(String key, byte[] content) {
    return key.equals("nsql-ops.json") || key.startsWith("keys/")
        ? new String(content, StandardCharsets.US_ASCII).indexOf("nsql-ops-")
        : content.length / 2;
  }

  @Test
  void onlyTheRightPassphraseOpens() {
    MemoryScenario.backup(MemoryScenario.shop(), repository(true), 1);
    requireTold(PythonRun.of(directory, "Secret"), "keys/");
    requireTold(PythonRun.of(directory, null), "keys/");
  }

  @Test
  void aReplacedPassphraseAndDataKeyOpenWhatWasAndWhatComes() {
    MemoryServer server = MemoryScenario.shop();
    Repository repository = repository(true);
    Manifest first = MemoryScenario.backup(server, repository, 1);
    KeyProvider fresh = CheapPassphrase.of("fresh");
    new KeyRing(repository).rotateDataKey(fresh, "on call", Instant.now());
    server.table(MemoryScenario.FEW).put(-1, "later");
    Manifest second =
        MemoryScenario.backup(
            server, MemoryRepositories.open(new FilesystemObjectStore(directory), fresh), 1);

    assertThat(PythonRun.of(directory, "fresh"))
        .isEqualTo(new PythonRun(0, line(first) + line(second)));
    requireTold(PythonRun.of(directory, "secret"), "keys/");
  }

  @Test
  void whileTheDataKeyIsReplacedTheNewerSlotIsTaken() {
    Repository repository = repository(true);
    FaultingObjectStore dying = new FaultingObjectStore(new FilesystemObjectStore(directory));
    dying.failingFrom(Operation.DELETE, 1, ErrorKind.TRANSIENT);
    KeyProvider same = CheapPassphrase.of("secret");
    KeyRing ring = new KeyRing(MemoryRepositories.open(dying, same));
    assertThatThrownBy(() -> ring.rotateDataKey(same, "", Instant.now()))
        .hasMessageContaining("still does");
    Manifest old = MemoryScenario.backup(MemoryScenario.shop(), repository, 1);
    Manifest fresh =
        MemoryScenario.backup(
            MemoryScenario.shop(),
            MemoryRepositories.open(new FilesystemObjectStore(directory), same),
            1);
    assertThat(read(true)).isEqualTo(new PythonRun(0, line(old) + line(fresh)));
  }

  @Test
  void aReaderWithAPassphraseTakesNothingUnencrypted() {
    MemoryScenario.backup(MemoryScenario.shop(), repository(false), 1);
    requireTold(PythonRun.of(directory, "secret"), "keys/");
  }

  @Test
  void garbageAndUnfinishedBackupsAreNotLookedAt() throws IOException {
    Repository repository = repository(true);
    Manifest manifest = MemoryScenario.backup(MemoryScenario.shop(), repository, 1);
    repository.write("backups/20200101T000000Z-00000000/sections/000000", new byte[] {1});
    Files.writeString(Files.createDirectories(directory.resolve("chunks/00")).resolve("0"), "x");
    Files.writeString(directory.resolve("~tmp").resolve("half"), "x");
    assertThat(read(true)).isEqualTo(new PythonRun(0, line(manifest)));
  }
}
