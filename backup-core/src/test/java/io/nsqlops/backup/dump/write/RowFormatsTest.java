package io.nsqlops.backup.dump.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.read.DumpReader;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

// control characters are told apart better in one-line strings
@SuppressWarnings("StringConcatToTextBlock")
class RowFormatsTest {
  private static final Table TABLE =
      new Table(
          new TableName("d", "t"),
          List.of(
              new Column("id", "bigint", ""),
              new Column("f", "double", ""),
              new Column("s`\"", "varchar", "utf8mb4"),
              new Column("l", "varchar", "latin1"),
              new Column("b", "varbinary", ""),
              new Column("at", "datetime", "")),
          1,
          true,
          RawText.ofUtf8("CREATE TABLE `t` (…)"));
  private static final byte[] ROWS =
      ("1\t-0\tit's \\\\ \\t\r\u001a\"\t\u00e9\ta\\0\\n\t2026-11-25 00:00:00\n"
              + "2\t1.5E7\t\u00ff\t\\N\t\\N\t\\N\n"
              + "3\t\\N\t\\\\N\t\t\t\\N\n")
          .getBytes(StandardCharsets.ISO_8859_1);

  @TempDir Path directory;

  @Test
  void literalsOfEveryKind() throws IOException {
    assertThat(written(new InsertRows(TABLE, "t", "/* head */\n", 1000), ROWS, Compression.NONE))
        .isEqualTo(
            """
            /* head */
            INSERT INTO `t` (`id`,`f`,`s``"`,`l`,`b`,`at`) VALUES
            (1,'-0','it\\'s \\\\ \\t\\r\\Z"',X'E9',X'61000A','2026-11-25 00:00:00'),
            (2,1.5E7,X'FF',NULL,NULL,NULL),
            (3,NULL,'\\\\N','','',NULL);
            """);
  }

  @Test
  void statementsEndWhereTheyAreLargeEnough() throws IOException {
    String all = written(new InsertRows(TABLE, "t", "", 1), ROWS, Compression.NONE);

    assertThat(all.split("INSERT INTO", -1)).hasSize(4);
    assertThat(all).contains("(2,1.5E7,X'FF',NULL,NULL,NULL);\nINSERT INTO");
  }

  @Test
  void aTableOfGeneratedColumnsHasRowsOfNothing() throws IOException {
    Table nothing = new Table(new TableName("d", "g"), List.of(), 0, false, RawText.ofUtf8(""));

    assertThat(
            written(
                new InsertRows(nothing, "g", "", 1000),
                "\\N\n\\N\n".getBytes(StandardCharsets.US_ASCII),
                Compression.NONE))
        .isEqualTo("INSERT INTO `g` () VALUES\n(),\n();\n");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void csvAsLightningReadsIt(Compression compression) throws IOException {
    assertThat(written(new CsvRows(TABLE), ROWS, compression))
        .isEqualTo(
            "\"id\",\"f\",\"s`\\\"\",\"l\",\"b\",\"at\"\n"
                + "1,-0,\"it's \\\\ \\t\\r\u001a\\\"\",\"\u00e9\",\"a\\0\\n\",\"2026-11-25 00:00:00\"\n"
                + "2,1.5E7,\"\u00ff\",\\N,\\N,\\N\n"
                + "3,\\N,\"\\\\N\",\"\",\"\",\\N\n");
  }

  /** In Latin-1 text, which keeps every byte. */
  private String written(RowFormat format, byte[] rows, Compression compression)
      throws IOException {
    Path to = directory.resolve("out");
    ExportDirectory out = ExportDirectory.take(to, compression, false);
    try (ExportFile file = out.file("f.sql")) {
      format.begin(file);
      format.rows(file, rows);
      format.end(file);
      file.finish();
    }
    try (InputStream in = DumpReader.read(to.resolve("f.sql" + compression.suffix()))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Decided as the JDK decides. */
  @Property
  void utf8IsTold(@ForAll byte[] bytes) {
    assertThat(Utf8.isValid(bytes, 0, bytes.length))
        .isEqualTo(RawText.of(bytes).asUtf8().isPresent());
  }

  @Property
  void textIsUtf8(@ForAll String text) {
    byte[] bytes = text.replaceAll("[\\ud800-\\udfff]", "x").getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();
  }
}
