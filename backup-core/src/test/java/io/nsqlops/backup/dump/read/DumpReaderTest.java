package io.nsqlops.backup.dump.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.dump.read.DumpFile.Form;
import io.nsqlops.backup.dump.read.DumpFile.Stage;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpReaderTest {
  private static final String DUMPLING =
      """
      Started dump at: 2026-11-25 09:16:27
      SHOW MASTER STATUS:
      \tLog: tidb-binlog
      \tPos: 454321
      \tGTID:

      Finished dump at: 2026-11-25 09:16:28
      """;

  @TempDir Path directory;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  @Test
  void aDirectoryOfDumpling() throws IOException {
    file("metadata", DUMPLING);
    file("shop-schema-create.sql", "CREATE DATABASE `shop`;");
    file("shop.item-schema.sql", "CREATE TABLE `item` (id INT) /*T! SHARD_ROW_ID_BITS=2 */;");
    file("shop.item.000000001.sql.gz", "");
    file("shop.p-placement-policy-create.sql", "");

    Dump dump = DumpReader.open(directory);

    assertThat(dump.isScript()).isFalse();
    assertThat(dump.origin())
        .isEqualTo(
            new DumpOrigin(
                "dumpling",
                "tidb",
                "tso:454321",
                java.util.Optional.of(Instant.parse("2026-11-25T09:16:28Z"))));
    assertThat(dump.files())
        .extracting(DumpFile::stage)
        .containsExactly(Stage.DATABASE, Stage.TABLE, Stage.DATA);
    assertThat(dump.warnings()).singleElement().asString().contains("placement policy");
  }

  @Test
  void whatIsNotWholeIsRefused() throws IOException {
    file("shop.item.000000001.sql", "");
    assertRefused(directory, "has no file `metadata`");
    file("metadata", DUMPLING.replaceAll("Finished.*", ""));
    assertRefused(directory, "is not whole");
    Files.delete(directory.resolve("shop.item.000000001.sql"));
    file("metadata", DUMPLING);
    assertRefused(directory, "holds no file of a dump");
    assertRefused(directory.resolve("nowhere"), "it is not there");
    file("shop.item.000000001.sql.snappy", "");
    assertRefused(directory, "compressed in a way that is not read here");
  }

  @Test
  void whatIsNoScriptIsRefused() throws IOException {
    assertRefused(file("empty.sql", ""), "is empty");
    assertRefused(file("dump.xml", "<?xml version=\"1.0\"?>\n<mysqldump>"), "it is XML");
    assertRefused(file("dump.sql.xz", "\0"), "compressed in a way that is not read here");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("-- MySQL dump 10.13\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
    }
    assertRefused(
        Files.write(directory.resolve("packed.sql"), packed.toByteArray()), "it is compressed");
    byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    assertRefused(Files.write(directory.resolve("half.sql.gz"), half), "cut off, or damaged");
  }

  /** mysql reads over it, too. */
  @Test
  void aByteOrderMarkIsNoPartOfAScript() throws IOException {
    Path script = file("bom.sql", "\ufeffSELECT 1;");

    try (InputStream in = DumpReader.readScript(script)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("SELECT 1;");
    }
  }

  @Test
  void rowsWithoutADefinitionAreRefused() throws IOException {
    file("metadata", DUMPLING);
    file("shop.item-schema.sql", "CREATE TABLE `item` (id INT);");
    file("shop.item.000000001.sql", "");
    assertThat(DumpReader.open(directory).files()).hasSize(2);
    file("shop.order.000000001.sql", "");

    assertRefused(directory, "holds rows of shop.order, and not its definition");
  }

  @Test
  void theRowsThatMydumperToldOf() throws IOException {
    file("shop.t-schema.sql", "CREATE TABLE `t` (id INT);");
    file(
        "metadata",
        """
        # Started dump at: 2026-11-28 09:34:33
        [config]
        quote-character = BACKTICK

        [`shop`.`t`]
        real_table_name=t
        rows = 0
        schema_checksum = fe82bdd8

        [`shop`.`mydumper_1`]
        real_table_name=t.x y
        rows = 2
        # Finished dump at: 2026-11-28 09:34:34
        """);

    assertThat(DumpReader.open(directory).rows())
        .containsExactly(
            new ToldRows("shop", "t", "t", 0), new ToldRows("shop", "mydumper_1", "t.x y", 2));
  }

  private static void assertRefused(Path path, String what) {
    OpsException e = catchThrowableOfType(OpsException.class, () -> DumpReader.open(path));
    assertThat(e).isNotNull().hasMessageContaining(what);
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.hint()).isNotEmpty();
  }

  @Test
  void aScriptOfOurs() throws IOException {
    Dump dump =
        DumpReader.open(
            file(
                "ours.sql",
                """
                -- nsql-ops backup 20261125T091627Z-0fddfbc7
                -- of db:3306 (mariadb 10.11.19-MariaDB (Debian)) at 2026-11-25T09:16:27.123Z, gtid:0-1-115
                -- backup 20261125T091627Z-0fddfbc7 is not of the whole server: included caf\u00e9
                """));

    assertThat(dump.origin())
        .isEqualTo(
            new DumpOrigin(
                "nsql-ops",
                "mariadb",
                "gtid:0-1-115",
                Optional.of(Instant.parse("2026-11-25T09:16:27.123Z"))));
    assertThat(dump.warnings())
        .containsExactly(
            "the dump says: backup 20261125T091627Z-0fddfbc7 is not of the whole server: included"
                + " caf\u00e9");
  }

  @Test
  void aScriptOfOursThatKnowsNoPosition() throws IOException {
    Dump dump =
        DumpReader.open(
            file(
                "ours.sql",
                "-- nsql-ops backup x\n-- of db (mysql 9.0) at 2026-11-25T09:16:27Z, time\n"));

    assertThat(dump.origin().position()).isEmpty();
    assertThat(dump.origin().time()).contains(Instant.parse("2026-11-25T09:16:27Z"));
    assertThat(dump.warnings()).isEmpty();
  }

  @Test
  void aScriptOfMysqldump() throws IOException {
    Path script = directory.resolve("shop.sql.gz");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(
          "-- MariaDB dump 10.19\n--\n-- Host: localhost    Database: my shop\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    Files.write(script, bytes.toByteArray());

    Dump dump = DumpReader.open(script);

    assertThat(dump.isScript()).isTrue();
    assertThat(dump.database()).isEqualTo("my shop");
    assertThat(dump.origin())
        .isEqualTo(new DumpOrigin("mysqldump", "mariadb", "", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "d-schema-create.sql,DATABASE,d,'',SQL",
    "d.t-schema.sql.zst,TABLE,d,t,SQL",
    "d.t%2Dschema-schema.sql,TABLE,d,t%2Dschema,SQL",
    "d.t-schema-view.sql,VIEW,d,t,SQL",
    "d.t-schema-triggers.sql,TRIGGER,d,t,SQL",
    "d-schema-post.sql,PROGRAM,d,'',SQL",
    "d.s-schema-sequence.sql,SEQUENCE,d,s,SQL",
    "d.t.sql,DATA,d,t,SQL",
    "d.t.00000.00001.sql,DATA,d,t,SQL",
    "d.t.000000001.csv.gz,DATA,d,t,CSV",
    "d.t.0000000010002.sql,DATA,d,t,SQL"
  })
  void namesTell(String name, Stage stage, String database, String table, Form form) {
    DumpFile file = FileNames.of(Path.of(name)).orElseThrow();

    assertThat(file.stage()).isEqualTo(stage);
    assertThat(file.database()).isEqualTo(database);
    assertThat(file.table()).isEqualTo(table);
    assertThat(file.form()).isEqualTo(form);
  }

  @Test
  void metadataOfAnyVersion() {
    assertThat(new MetadataFile(DUMPLING.replace("tidb-binlog", "bin.000003")).position())
        .isEqualTo("binlog:bin.000003:454321");
    MetadataFile replica =
        new MetadataFile(
            """
            Started dump at: 2026-11-25 09:16:27
            SHOW MASTER STATUS:
            \tLog: m.1
            \tPos: 5
            \tGTID:0-1-100

            SHOW SLAVE STATUS:
            \tHost: h
            \tLog: s.1
            \tPos: 9
            Finished dump at: 2026-11-25 09:16:28
            """);
    assertThat(replica.position()).isEqualTo("gtid:0-1-100");
    MetadataFile sections =
        new MetadataFile(
            """
            # Started dump at: 2026-11-25 09:16:27
            [config]
            quote-character = BACKTICK
            [master]
            # Channel_Name = ''
            File = bin.000003
            Position = 77
            Executed_Gtid_Set =
            [`d`.`t`]
            rows = 5
            # Finished dump at: 2026-11-25 09:16:28
            """);
    assertThat(sections.hasSections()).isTrue();
    assertThat(sections.position()).isEqualTo("binlog:bin.000003:77");
    assertThat(sections.finished()).contains(Instant.parse("2026-11-25T09:16:28Z"));
  }

  @Test
  void theHeaderOfACsvFileIsReadAndNoMore() throws IOException {
    byte[] csv = "\"id\",\"a\\\"b\",\"c,\\n\"\n1,2,3\n".getBytes(StandardCharsets.UTF_8);
    ByteArrayInputStream in = new ByteArrayInputStream(csv);

    assertThat(CsvFile.open(in, "x.csv").columns()).isEqualTo(List.of("id", "a\"b", "c,\n"));
    assertThat(in.readAllBytes()).asString().isEqualTo("1,2,3\n");
  }
}
