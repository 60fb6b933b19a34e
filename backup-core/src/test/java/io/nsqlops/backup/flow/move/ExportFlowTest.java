package io.nsqlops.backup.flow.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.write.DumpFormat;
import io.nsqlops.backup.engine.MemoryTable;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.flow.MemoryScenario;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RowFilter;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportFlowTest {
  @TempDir Path directory;
  private final MemoryObjectStore store = new MemoryObjectStore();
  private Repository repository = MemoryRepositories.unencrypted(store);

  @BeforeEach
  void backUp() {
    MemoryTable big = MemoryTable.keyed(new TableName("shop", "big")).filled(4, 3000, 3000);
    MemoryScenario.backup(MemoryScenario.shop().add(big), repository, 2);
  }

  private ExportReport export(Path to, DumpFormat format, Progress progress) {
    BackupContents contents = BackupContents.read(repository, "latest");
    return new ExportFlow(repository, progress)
        .run(
            contents.manifest(),
            new RestorePlanner(Selection.ALL, Map.of("shop.few", "fewer"), false)
                .plan(contents.manifest(), contents.tables(), contents.objects()),
            new ExportRequest(to, format, Compression.NONE, 500, 1 << 20, 3, List.of()));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void filesHaveTheNamesOfDumpling() throws IOException {
    Path to = directory.resolve("new");
    ExportReport report = export(to, DumpFormat.DUMPLING, Progress.NONE);

    List<String> names = names(to);
    assertThat(report.files()).isEqualTo(names.size());
    assertThat(report.rows()).isEqualTo(3705);
    assertThat(names)
        .contains(
            "metadata",
            "shop-schema-create.sql",
            "shop-schema-post.sql",
            "shop.fewer-schema.sql",
            "shop.fewer.000000001.sql",
            "shop.big.000000001.sql",
            "shop.big.000000002.sql",
            "shop.items.000000001.sql",
            "shop.seq-schema-sequence.sql",
            "shop.v-schema-view.sql")
        .noneMatch(n -> n.endsWith(".partial"));
    int rows = 0;
    for (String name : names) {
      if (name.matches("shop\\..*\\.\\d+\\.sql")) {
        rows +=
            (int) Files.readString(to.resolve(name)).lines().filter(l -> l.startsWith("(")).count();
      }
    }
    assertThat(rows).isEqualTo(3705);
  }

  @ParameterizedTest
  @EnumSource(DumpFormat.class)
  void rowsThatTheBackupDoesNotHoldAreTold(DumpFormat format) throws IOException {
    Manifest whole = BackupContents.read(repository, "latest").manifest();
    assertThat(whole.restriction()).isEmpty();
    RowFilter some = new RowFilter(List.of(new RowFilter.Condition("shop.few", "id >\n0")));
    MemoryScenario.backup(
        MemoryScenario.shop(), repository, new Scope(Selection.ALL, some, Content.ALL));
    Path to = directory.resolve("new");
    ExportReport report = export(to, format, Progress.NONE);

    assertThat(report.notes())
        .anyMatch(n -> n.endsWith("is not of the whole server: of shop.few rows where id >\n0"));
    boolean script = format == DumpFormat.SQL;
    assertThat(to.resolve(script ? report.id() + ".sql" : "metadata"))
        .content()
        .containsPattern(
            "(?m)^(-- |# )backup %s is not of .* rows where id > 0$".formatted(report.id()));
  }

  @Test
  void aDirectoryThatHoldsSomethingIsRefused() throws IOException {
    Path there = Files.writeString(directory.resolve("mine"), "x");
    OpsException e =
        catchThrowableOfType(
            OpsException.class, () -> export(directory, DumpFormat.SQL, Progress.NONE));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e).hasMessageContaining("is not empty");
    assertThat(there).hasContent("x");
    e =
        catchThrowableOfType(
            OpsException.class, () -> export(there, DumpFormat.SQL, Progress.NONE));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
  }

  @ParameterizedTest
  @EnumSource(DumpFormat.class)
  void damageNamesTableAndRangeAndLeavesNothing(DumpFormat format) throws IOException {
    damageOneChunk();
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> export(directory, format, Progress.NONE));

    assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(e.getMessage()).matches("(?s)shop\\.(items|log|big), keys \\(.* \\.\\. .*]: .*");
    assertThat(e.hint()).contains("no other backup of this server").doesNotContain("export");
    assertThat(names(directory)).isEmpty();
  }

  private void damageOneChunk() {
    String key;
    try (var chunks = store.list("chunks/")) {
      key = chunks.findFirst().orElseThrow().key();
    }
    byte[] bytes = store.get(key).orElseThrow();
    bytes[bytes.length - 9] ^= 1;
    store.put(key, bytes);
  }

  @ParameterizedTest
  @EnumSource(DumpFormat.class)
  void anInterruptedExportLeavesNothing(DumpFormat format) throws IOException {
    Path to = directory.resolve("made");
    Thread exporting = Thread.currentThread();
    AtomicBoolean interrupted = new AtomicBoolean();
    Progress interrupting =
        new Progress() {
          @Override
          public void phase(String name, long totalBytes) {}

          @Override
          public void advanced(long rows, long bytes) {
            // once: a worker may be here still when the export has ended
            if (!interrupted.getAndSet(true)) {
              exporting.interrupt();
            }
          }

          @Override
          public void warning(String message) {}
        };
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> export(to, format, interrupting));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.kind()).isEqualTo(ErrorKind.INTERRUPTED);
    assertThat(to).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(DumpFormat.class)
  void aFullDiskIsTransientAndLeavesNothing(DumpFormat format) throws IOException {
    Path full = Files.createDirectory(directory.resolve("full"));
    try {
      run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", full.toString());
    } catch (BedException e) {
      assumeTrue(false, "a small file system needs the right to mount: " + e.getMessage());
    }
    try {
      OpsException e =
          catchThrowableOfType(OpsException.class, () -> export(full, format, Progress.NONE));

      assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.TRANSIENT);
      assertThat(e).hasMessageContaining("No space left");
      assertThat(e.hint()).contains("free some space");
      assertThat(names(full)).isEmpty();
    } finally {
      run("umount", full.toString());
    }
  }

  private void run(String... command) {
    Command.run(List.of(command), Map.of(), directory, Duration.ofSeconds(20));
  }
}
