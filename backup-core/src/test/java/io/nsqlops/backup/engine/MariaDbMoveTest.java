package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.write.DumpFormat;
import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.move.ImportReport;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@NeedsBed(Bed.MARIADB)
class MariaDbMoveTest extends MoveContract {
  @Override
  protected TestedEngine start(Path home) {
    return new TestedEngine(MariaDbServer.start(home), Dialect.MARIADB);
  }

  @Override
  protected String script() {
    return "mariadb.sql";
  }

  @Override
  protected List<String> databases() {
    return List.of("hard", "em`pty db", "em`pty db 2");
  }

  @Override
  protected List<String> client() {
    return MariaDbServer.client("mariadb");
  }

  @Override
  protected List<String> dumper() {
    return MariaDbServer.client("mariadb-dump");
  }

  /** It looks for a delimiter that an event with {@code ;;} does not hold, for ever. */
  @Override
  protected List<String> tooHardForTheDumper() {
    return List.of("DROP EVENT hard.`e v`");
  }

  /** FLOAT with six digits; text through utf8mb4. */
  @Override
  protected Set<String> lossyInTheDumper() {
    return Set.of("floats", "floatkey", "japanese");
  }

  @Test
  void whatMydumperWrote() throws SQLException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mydumper")), "mydumper is not installed");
    // one database that the tool does not fail on
    engine()
        .server()
        .execute(
            "DROP DATABASE hard",
            "CREATE DATABASE hard",
            "CREATE TABLE hard.t (id INT PRIMARY KEY, v VARCHAR(50), b BLOB, g INT AS (id + 1))",
            "INSERT INTO hard.t (id, v, b) VALUES (1, 'a;\n''b\\\\', X'00FF0A27'), (2, NULL, NULL)",
            "CREATE VIEW hard.b AS SELECT id FROM hard.t",
            "CREATE VIEW hard.a AS SELECT * FROM hard.b",
            "CREATE TRIGGER hard.tr BEFORE INSERT ON hard.t FOR EACH ROW BEGIN SET NEW.v = ';';\n"
                + "SET @x = 1; END");
    Manifest before = engine().backup(repository(), "hard");
    Path dump = directory.resolve("dump");
    shell(
        List.of("/usr/bin/mydumper"),
        "-h 127.0.0.1 -u root -P " + engine().server().port() + " -G -B hard -o " + dump);
    dropAll();
    ImportReport report = importDump(dump);

    assertThat(report.missing()).isEmpty();
    assertThat(report.origin().tool()).isEqualTo("mydumper");
    assertThat(report.manifest().totals().rows()).isEqualTo(before.totals().rows());
    assertThat(report.manifest().totals().newChunks()).isZero();
    assertThat(engine().diff(repository()).differences()).isEmpty();
    assertThat(engine().state(List.of("hard")).keySet()).anyMatch(k -> k.contains("`a`"));
  }

  @Test
  void errorsNameFileAndLine() throws SQLException, IOException {
    dropAll();
    Path script =
        Files.writeString(
            directory.resolve("bad.sql"),
            "CREATE DATABASE hard;\n\nUSE hard;\nCREATE TABLE t (id INT;\n");
    OpsException e = catchThrowableOfType(OpsException.class, () -> importDump(script));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e).hasMessageStartingWith(script + ":4: ").hasMessageContaining("1064");
    assertThat(repository().backupIds()).isEmpty();
  }

  @Test
  void aScriptLeavesTheSettingsOfItsSessionAsTheyWere() throws SQLException, IOException {
    Manifest manifest = backup();
    Path script = export(DumpFormat.SQL, Compression.NONE).resolve(manifest.id() + ".sql");
    dropAll();
    String settings = "@@innodb_strict_mode, @@check_constraint_checks, @@sql_mode, @@time_zone";
    for (int on : new int[] {0, 1}) {
      ByteArrayOutputStream around = new ByteArrayOutputStream();
      around.writeBytes(
          ("SET SESSION innodb_strict_mode=%d, check_constraint_checks=%d;\n".formatted(on, on)
                  + "CREATE OR REPLACE TABLE kept.before_it AS SELECT %s;\n".formatted(settings))
              .getBytes(StandardCharsets.UTF_8));
      around.writeBytes(Files.readAllBytes(script));
      around.writeBytes(
          "CREATE OR REPLACE TABLE kept.after_it AS SELECT %s;\n"
              .formatted(settings)
              .getBytes(StandardCharsets.UTF_8));
      engine().server().execute("CREATE DATABASE IF NOT EXISTS kept");
      load(Files.write(directory.resolve("around.sql"), around.toByteArray()));
      dropAll();
      assertThat(engine().rows(List.of("kept")).values()).hasSize(2);
      assertThat(Set.copyOf(engine().rows(List.of("kept")).values())).hasSize(1);
    }
    engine().server().execute("DROP DATABASE kept");
  }

  @Test
  void aServerThatHoldsDatabasesIsNoScratchServer() throws IOException {
    Path script = Files.writeString(directory.resolve("x.sql"), "CREATE DATABASE x;");
    OpsException e = catchThrowableOfType(OpsException.class, () -> importDump(script));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e).hasMessageContaining("holds databases").hasMessageContaining("hard");
  }

  /** A UUID as bytes becomes NULL in silence, where nobody looks. */
  @Test
  void whatTheServerWouldChangeIsRefused() throws SQLException, IOException {
    dropAll();
    Path script =
        Files.writeString(
            directory.resolve("x.sql"),
            """
            CREATE DATABASE hard; USE hard; CREATE TABLE u (u UUID);
            SET NAMES binary;
            INSERT INTO u VALUES ('123e4567-e89b-12d3-a456-426614174000');
            """);
    OpsException e = catchThrowableOfType(OpsException.class, () -> importDump(script));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e).hasMessageStartingWith(script + ":3: ").hasMessageContaining("otherwise");
  }

  @Test
  void aScriptThatWasCutOffIsRefused() throws SQLException, IOException {
    dropAll();
    Path script =
        Files.writeString(
            directory.resolve("x.sql"), "-- MariaDB dump 10.19\nCREATE DATABASE hard;\n");
    OpsException e = catchThrowableOfType(OpsException.class, () -> importDump(script));

    assertThat(e).hasMessageContaining("is not whole");
    assertThat(repository().backupIds()).isEmpty();
  }

  /** As `(mysqldump a; mysqldump b) > all.sql` leaves it when the first one fails. */
  @Test
  void ofScriptsBehindEachOtherEachMustBeWhole() throws SQLException, IOException {
    dropAll();
    String first = "-- MariaDB dump 10.19\nCREATE DATABASE hard;\nCREATE TABLE hard.t (a INT);\n";
    String second = "-- MariaDB dump 10.19\nCREATE DATABASE hard2;\n";
    String end = "-- Dump completed on 2026-11-28  9:00:00\n";
    Path cut = Files.writeString(directory.resolve("cut.sql"), first + second + end);
    OpsException e = catchThrowableOfType(OpsException.class, () -> importDump(cut));

    assertThat(e).hasMessageContaining("ends before line 5 is not whole");
    dropAll();
    Path whole = Files.writeString(directory.resolve("all.sql"), first + end + second + end);
    assertThat(importDump(whole).manifest().totals().tables()).isEqualTo(1);
    engine().server().execute("DROP DATABASE hard2");
  }

  @Test
  void aScriptThatNamesNoDatabaseNeedsOne() throws SQLException, IOException {
    dropAll();
    Path script = Files.writeString(directory.resolve("x.sql"), "CREATE TABLE t (a INT);");
    OpsException e = catchThrowableOfType(OpsException.class, () -> importDump(script));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e).hasMessageContaining(script + ":1: ");
    assertThat(e.hint()).isEqualTo("add --database NAME");
  }

  /** As mariadb-dump --system=users writes them. */
  @Test
  void accountsInAScriptAreLeftOut() throws SQLException, IOException {
    dropAll();
    Path script =
        Files.writeString(
            directory.resolve("users.sql"),
            """
            -- MariaDB dump 10.19
            CREATE USER `root`@`localhost`;
            GRANT ALL PRIVILEGES ON *.* TO `nobody`@`there`;
            /*M!100005 SET DEFAULT ROLE NONE FOR 'nobody'@'there' */;
            /*!80001 ALTER USER 'nobody'@'there' DEFAULT ROLE NONE */;
            CREATE DATABASE hard;
            CREATE TABLE hard.t (a INT);
            -- Dump completed
            """);

    ImportReport report = importDump(script);

    assertThat(report.manifest().totals().tables()).isEqualTo(1);
    assertThat(report.notes()).anyMatch(note -> note.contains("accounts"));
  }

  /** What `mydumper --regex` writes: no file makes the database. */
  @Test
  void aDirectoryThatMakesNoDatabaseIsImported() throws SQLException, IOException {
    dropAll();
    Path dump = mydumper(2);

    ImportReport report = importDump(dump);

    assertThat(report.manifest().totals().rows()).isEqualTo(2);
    assertThat(report.notes()).anyMatch(note -> note.contains("no definition of database hard"));
  }

  @Test
  void aDirectoryWithFewerRowsThanItTellsOfIsRefused() throws SQLException, IOException {
    dropAll();
    Path dump = mydumper(3);
    OpsException e = catchThrowableOfType(OpsException.class, () -> importDump(dump));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e).hasMessageContaining("tells of 3 rows of hard.t, its files hold 2");
    assertThat(repository().backupIds()).isEmpty();
  }

  private Path mydumper(int rows) throws IOException {
    Path dump = Files.createDirectory(directory.resolve("mydumper"));
    Files.writeString(
        dump.resolve("metadata"),
        """
        # Started dump at: 2026-11-28 09:34:33
        [`hard`.`t`]
        real_table_name=t
        rows = %d
        # Finished dump at: 2026-11-28 09:34:34
        """
            .formatted(rows));
    Files.writeString(dump.resolve("hard.t-schema.sql"), "CREATE TABLE `t` (a INT PRIMARY KEY);");
    Files.writeString(dump.resolve("hard.t.00000.sql"), "INSERT INTO `t` VALUES (1),(2);");
    return dump;
  }

  /**
   * Dumpling reads as UTF-8 and writes that, and says that it is bytes; its lines end with CR LF.
   */
  @Test
  void textOfDumplingIsUtf8WhateverItsFilesSay() throws SQLException, IOException {
    for (String form : List.of("sql", "csv")) {
      dropAll();
      Path dump = Files.createDirectory(directory.resolve(form));
      String head = "/*!40014 SET FOREIGN_KEY_CHECKS=0*/;\n/*!40101 SET NAMES binary*/;\n";
      Files.writeString(dump.resolve("metadata"), "Finished dump at: 2026-11-28 10:00:01\n");
      Files.writeString(dump.resolve("hard-schema-create.sql"), head + "CREATE DATABASE `hard`;\n");
      Files.writeString(
          dump.resolve("hard.t-schema.sql"),
          head
              + "CREATE TABLE `t` (`id` INT PRIMARY KEY, `b` VARBINARY(9), `j` JSON, `v` TEXT"
              + " CHARACTER SET latin1);\n");
      Files.writeString(
          dump.resolve("hard.t.0000000010000." + form),
          form.equals("sql")
              ? head
                  + "INSERT INTO `t` VALUES\n(1,x'c3a4','{\"a\": 1}','ä€'),\n"
                  + "(2,NULL,NULL,'it\\'s'),\n(3,NULL,NULL,'');\n"
              : """
                "id","b","j","v"
                1,"ä","{\\"a\\": 1}","ä€"
                2,\\N,\\N,"it's"
                3,\\N,\\N,""
                """
                  .replace("\n", "\r\n"));

      Manifest made = importDump(dump).manifest();

      assertThat(made.totals().rows()).as(form).isEqualTo(3);
      try (Connection connection = engine().server().connect();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT CONCAT(HEX(b), ' ', HEX(v), ' ', JSON_VALUE(j, '$.a')) FROM hard.t"
                      + " WHERE id=1")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).as(form).isEqualTo("C3A4 E480 1");
      }
    }
  }

  /** It would wait for an answer to what the server asks for. */
  @Test
  void filesThatAScriptNamesAreThoseBesideIt() throws SQLException, IOException {
    for (String name : List.of("\"/etc/passwd\"", "'/etc/passwd'", "file")) {
      dropAll();
      Path script =
          Files.writeString(
              directory.resolve("x.sql"),
              "CREATE DATABASE hard;\nUSE hard;\nCREATE TABLE t (a TEXT);\n"
                  + "LOAD DATA LOCAL INFILE %s INTO TABLE t;\n".formatted(name));
      OpsException e = catchThrowableOfType(OpsException.class, () -> importDump(script));

      assertThat(e.kind()).as(name).isEqualTo(ErrorKind.USAGE);
    }
  }
}
