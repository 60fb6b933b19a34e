package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.read.DumpReader;
import io.nsqlops.backup.dump.write.DumpFormat;
import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.flow.DiffFlow;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.flow.move.ExportFlow;
import io.nsqlops.backup.flow.move.ExportRequest;
import io.nsqlops.backup.flow.move.ImportFlow;
import io.nsqlops.backup.flow.move.ImportReport;
import io.nsqlops.backup.flow.move.ImportRequest;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import io.nsqlops.testbeds.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hard cases out of a repository and into one, with the real clients and dumpers in between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MoveContract {
  private static final List<String> PARTS =
      List.of(
          "-schema-create.sql",
          "-schema-sequence.sql",
          "-schema.sql",
          ".000000001.sql",
          "-schema-post.sql",
          "-schema-view.sql",
          "-schema-triggers.sql");

  private @Nullable TestedEngine started;
  private Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());

  @TempDir Path directory;

  /** A fresh server. */
  protected abstract TestedEngine start(Path home);

  protected abstract String script();

  protected abstract List<String> databases();

  /** The command line of the server's own client. */
  protected abstract List<String> client();

  /** The command line of the server's own dumper. */
  protected abstract List<String> dumper();

  /** What makes the dumper itself fail or hang: to be taken away first. */
  protected abstract List<String> tooHardForTheDumper();

  /** Tables whose rows the dumper does not write as they are. */
  protected abstract Set<String> lossyInTheDumper();

  @BeforeAll
  void startServer(@TempDir Path home) {
    started = start(home);
  }

  @AfterAll
  void stopServer() {
    if (started != null) {
      started.close();
    }
  }

  final TestedEngine engine() {
    if (started == null) {
      throw new IllegalStateException("the server did not start");
    }
    return started;
  }

  final Repository repository() {
    return repository;
  }

  @BeforeEach
  void fill() throws SQLException {
    repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    engine().server().execute("DROP DATABASE IF EXISTS test");
    dropAll();
    try (Connection connection = engine().connect()) {
      SqlScript.run(script(), connection);
    }
    // no tool takes back what no server does
    engine().server().execute("DROP VIEW hard.invalid_v");
  }

  final void dropAll() throws SQLException {
    for (String database : databases()) {
      engine().server().execute("DROP DATABASE IF EXISTS `" + database.replace("`", "``") + "`");
    }
  }

  private Map<String, List<String>> state() throws SQLException {
    return engine().state(databases());
  }

  final Manifest backup() {
    return engine().backup(repository, databases().toArray(String[]::new));
  }

  final Path export(DumpFormat format, Compression compression) {
    Path to = directory.resolve("export");
    BackupContents contents = BackupContents.read(repository, "latest");
    new ExportFlow(repository, Progress.NONE)
        .run(
            contents.manifest(),
            new RestorePlanner(Selection.ALL, Map.of(), false)
                .plan(contents.manifest(), contents.tables(), contents.objects()),
            new ExportRequest(to, format, compression, 100_000, 256 << 20, 2, List.of()));
    return to;
  }

  final ImportReport importDump(Path dump) {
    return new ImportFlow(
            engine().scripts(), engine().exporter(), repository, Clock.systemUTC(), Progress.NONE)
        .run(DumpReader.open(dump), new ImportRequest("", 3, Map.of("why", "test")));
  }

  final void shell(List<String> command, String rest) {
    List<String> quoted = command.stream().map(w -> "'" + w + "'").toList();
    Command.run(
        List.of("sh", "-c", String.join(" ", quoted) + " " + rest),
        Map.of(),
        directory,
        Duration.ofMinutes(1));
  }

  final String login() {
    return "-h127.0.0.1 -uroot -P" + engine().server().port();
  }

  final void load(Path file) {
    shell(
        client(),
        "%s --binary-mode --comments < '%s'"
            .formatted(login(), file.toString().replace("'", "'\\''")));
  }

  @Test
  void theClientLoadsTheParts() throws SQLException, IOException {
    Map<String, List<String>> before = state();
    backup();
    Path files = export(DumpFormat.DUMPLING, Compression.NONE);
    dropAll();
    for (String part : PARTS) {
      try (Stream<Path> all = Files.list(files).sorted()) {
        all.filter(f -> f.getFileName().toString().endsWith(part)).forEach(this::load);
      }
    }

    assertThat(engine().diff(repository).differences()).isEmpty();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void theClientLoadsTheScript() throws SQLException {
    Map<String, List<String>> before = state();
    Manifest manifest = backup();
    Path files = export(DumpFormat.SQL, Compression.NONE);
    dropAll();
    load(files.resolve(manifest.id() + ".sql"));

    assertThat(engine().diff(repository).differences()).isEmpty();
    assertThat(state()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(DumpFormat.class)
  void whatWeExportWeImport(DumpFormat format) throws SQLException {
    Map<String, List<String>> before = state();
    Manifest manifest = backup();
    Path files = export(format, Compression.ZSTD);
    dropAll();
    ImportReport report =
        importDump(format == DumpFormat.SQL ? files.resolve(manifest.id() + ".sql.zst") : files);

    assertThat(report.missing()).isEmpty();
    assertThat(report.manifest().tags())
        .containsEntry("imported-from", format == DumpFormat.SQL ? "nsql-ops" : "dumpling")
        .containsEntry("why", "test");
    assertThat(report.manifest().totals().newChunks()).isZero();
    assertThat(report.manifest().snapshot().position()).isEqualTo(manifest.snapshot().position());
    if (format == DumpFormat.SQL) {
      assertThat(report.manifest().snapshot().time()).isEqualTo(manifest.snapshot().time());
    }
    assertThat(state()).isEqualTo(before);
    DiffFlow.Report diff =
        new DiffFlow(repository, Progress.NONE)
            .backups(manifest.id(), report.manifest().id(), Selection.ALL);
    assertThat(diff.differences()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"NONE", "GZIP"})
  void whatTheDumperWrote(Compression compression) throws SQLException {
    for (String statement : tooHardForTheDumper()) {
      engine().server().execute(statement);
    }
    List<String> names = new ArrayList<>();
    databases().forEach(d -> names.add("'" + d + "'"));
    boolean gzip = compression == Compression.GZIP;
    Manifest manifest = backup();
    Map<String, List<String>> before = engine().state(List.of("hard"));
    Path script = directory.resolve("dump.sql" + compression.suffix());
    shell(
        dumper(),
        "%s --single-transaction --routines --triggers --events %s --databases %s %s > '%s'"
            .formatted(
                login(),
                gzip ? "" : "--hex-blob",
                String.join(" ", names),
                gzip ? "| gzip" : "",
                script));
    dropAll();
    ImportReport report = importDump(script);

    assertThat(report.manifest().tags()).containsEntry("imported-from", "mysqldump");
    DiffFlow.Report diff =
        new DiffFlow(repository, Progress.NONE)
            .backups(manifest.id(), report.manifest().id(), Selection.ALL);
    assertThat(diff.differences())
        .extracting(d -> d.table().table())
        .containsExactlyInAnyOrderElementsOf(lossyInTheDumper());
    assertThat(views(engine().state(List.of("hard")))).isEqualTo(views(before));
  }

  @Test
  void aDumpOfEverythingGoesOnBehindTheServersOwnDatabases() throws IOException, SQLException {
    dropAll();
    Path script = directory.resolve("all.sql");
    Files.writeString(
        script,
        """
        -- MariaDB dump 10.19
        CREATE DATABASE /*!32312 IF NOT EXISTS*/ `mysql` /*!40100 DEFAULT CHARACTER SET latin1 */;
        USE `mysql`;
        CREATE TABLE never (a int);
        CREATE DATABASE /*!32312 IF NOT EXISTS*/ `hard` /*!40100 DEFAULT CHARACTER SET latin1 */;
        USE `hard`;
        CREATE TABLE t (a int primary key);
        INSERT INTO t VALUES (1),(2);
        -- Dump completed
        """);

    Manifest made = importDump(script).manifest();

    assertThat(made.totals().tables()).isEqualTo(1);
    assertThat(made.totals().rows()).isEqualTo(2);
  }

  private static List<String> views(Map<String, List<String>> state) {
    return state.keySet().stream().filter(k -> k.startsWith("view ")).sorted().toList();
  }
}
