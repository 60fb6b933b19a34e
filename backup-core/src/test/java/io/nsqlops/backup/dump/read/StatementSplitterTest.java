package io.nsqlops.backup.dump.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.dump.read.StatementSplitter.Ending;
import io.nsqlops.backup.model.Quoting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementSplitterTest {

  @Property(tries = 500)
  void noByteIsLostAndNothingIsThrown(@ForAll byte[] bytes, @ForAll Ending ending)
      throws IOException {
    assertThat(joined(bytes, ending, 0)).isEqualTo(bytes);
  }

  /** Scripts made of what means something. */
  @Property(tries = 1000)
  void whateverMeansSomethingDoesToo(
      @ForAll("scripts") String script, @ForAll Ending ending, @ForAll boolean escapes)
      throws IOException {
    byte[] bytes = script.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(joined(bytes, ending, escapes ? 0 : 1)).isEqualTo(bytes);
  }

  /** Any list of quoted literals stays one statement each. */
  @Property(tries = 300)
  void literalsDoNotEndStatements(@ForAll List<byte[]> values) throws IOException {
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    List<byte[]> expected = new ArrayList<>();
    for (byte[] value : values) {
      byte[] statement = insert(value);
      expected.add(statement);
      script.writeBytes(statement);
      script.writeBytes(";\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(statements(script.toByteArray(), Ending.DELIMITER))
        .usingRecursiveComparison()
        .isEqualTo(expected);
  }

  private static byte[] insert(byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("INSERT INTO t VALUES ('".getBytes(StandardCharsets.US_ASCII));
    for (byte b : value) {
      if (b == '\'' || b == '\\') {
        out.write('\\');
      }
      out.write(b);
    }
    out.writeBytes("')".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  @Provide
  Arbitrary<String> scripts() {
    return Arbitraries.of(
            "'",
            "\"",
            "`",
            "\\",
            ";",
            "\n",
            " ",
            "--",
            "-- ",
            "#",
            "/*",
            "/*!50003 ",
            "/*M!",
            "*/",
            "DELIMITER",
            "DELIMITER ;;\n",
            "DELIMITER $$\n",
            "DELIMITER \n",
            "delimiter ;\n",
            ";;",
            "$$",
            "a",
            "\u00ff",
            "\0",
            "SELECT 1",
            "\r\n")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 1; SELECT 2|SELECT 1|SELECT 2",
        "SELECT ';'; SELECT 'it''s;'|SELECT ';'|SELECT 'it''s;'",
        "SELECT '\\';'; SELECT \";\"|SELECT '\\';'|SELECT \";\"",
        "SELECT `\\`; SELECT `a``;b`|SELECT `\\`|SELECT `a``;b`",
        "SELECT 1 -- ;'\\n; SELECT 2|SELECT 1 -- ;'\\n|SELECT 2",
        "SELECT 1 # ;'\\n; SELECT 2|SELECT 1 # ;'\\n|SELECT 2",
        "SELECT /* ; ' */ 1; SELECT 2|SELECT /* ; ' */ 1|SELECT 2",
        "/*!40101 SET NAMES utf8 */; SELECT 2|/*!40101 SET NAMES utf8 */|SELECT 2",
        "-- only a comment\\n/* and another */ SELECT 1; SELECT 5--1|SELECT 1|SELECT 5--1",
        "DELIMITER ;;\\nCREATE x BEGIN a; b; END ;;\\nDELIMITER ;\\nSELECT 1|"
            + "CREATE x BEGIN a; b; END|SELECT 1",
        "delimiter $$\\n/*!50003 CREATE TRIGGER BEGIN /* c; */ SELECT '$$'; END */$$\\nDELIMITER"
            + " ;\\nSELECT 1|/*!50003 CREATE TRIGGER BEGIN /* c; */ SELECT '$$'; END */|SELECT 1",
        "/*M!999999\\- enable the sandbox mode */ \\n-- MariaDB dump\\nSELECT 1; SELECT 2|SELECT 1|"
            + "SELECT 2"
      })
  void asTheClientDoes(String script, String first, String second) throws IOException {
    List<byte[]> found =
        statements(script.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8), Ending.DELIMITER);

    assertThat(found)
        .extracting(s -> new String(s, StandardCharsets.UTF_8))
        .containsExactly(first.replace("\\n", "\n").strip(), second);
  }

  @Test
  void mydumperEndsStatementsWithLines() throws IOException {
    String script = "DROP PROCEDURE p;\nCREATE PROCEDURE p BEGIN SELECT 'a; \n'; \n END;\nSET x;";

    assertThat(statements(script.getBytes(StandardCharsets.UTF_8), Ending.LINE))
        .extracting(s -> new String(s, StandardCharsets.UTF_8))
        .containsExactly(
            "DROP PROCEDURE p", "CREATE PROCEDURE p BEGIN SELECT 'a; \n'; \n END", "SET x");
  }

  @Test
  void backslashesEscapeOnlyWhereTheModeSaysSo() throws IOException {
    StatementSplitter splitter = splitter("SELECT '\\'; SELECT '\\'; x", Ending.DELIMITER);
    splitter.quoting(Quoting.of("NO_BACKSLASH_ESCAPES"));

    assertThat(splitter.next().orElseThrow().sql()).asString().isEqualTo("SELECT '\\'");
    splitter.quoting(Quoting.USUAL);
    assertThat(splitter.next().orElseThrow().sql()).asString().isEqualTo("SELECT '\\'; x");
  }

  @Test
  void inNamesNoBackslashEscapes() throws IOException {
    StatementSplitter splitter = splitter("SELECT \"\\\"; SELECT \"\\\"; x", Ending.DELIMITER);
    splitter.quoting(Quoting.of("ANSI_QUOTES"));

    assertThat(splitter.next().orElseThrow().sql()).asString().isEqualTo("SELECT \"\\\"");
    splitter.quoting(Quoting.USUAL);
    assertThat(splitter.next().orElseThrow().sql()).asString().isEqualTo("SELECT \"\\\"; x");
  }

  @Test
  void statementsKnowTheirLineAndTheirVerb() throws IOException {
    StatementSplitter splitter =
        splitter("-- one\n\n  /*!50001 CREATE*/ VIEW;\ninsert\ninto t;\n", Ending.DELIMITER);
    Statement first = splitter.next().orElseThrow();
    Statement second = splitter.next().orElseThrow();

    assertThat(first.line()).isEqualTo(3);
    assertThat(first.verb()).isEqualTo("CREATE");
    assertThat(first.lead()).contains("-- one");
    assertThat(second.line()).isEqualTo(4);
    assertThat(second.verb()).isEqualTo("INSERT");
    assertThat(splitter.next().orElseThrow().isEmpty()).isTrue();
    assertThat(splitter.next()).isEmpty();
  }

  /** Whatever the pieces are in which a file comes. */
  @Test
  void statementsLargerThanAnyBuffer() throws IOException {
    String large = "INSERT INTO t VALUES ('" + "x;".repeat(200_000) + "')";
    List<byte[]> found =
        statements(
            ("SELECT 1;" + large + ";" + large).getBytes(StandardCharsets.UTF_8), Ending.DELIMITER);

    assertThat(found).hasSize(3);
    assertThat(new String(found.get(2), StandardCharsets.UTF_8)).isEqualTo(large);
  }

  private static StatementSplitter splitter(String script, Ending ending) {
    return new StatementSplitter(
        new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), ending);
  }

  private static byte[] joined(byte[] bytes, Ending ending, int flip) throws IOException {
    StatementSplitter splitter = new StatementSplitter(new Trickle(bytes), ending);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int n = 0;
    for (Optional<Statement> s = splitter.next(); s.isPresent(); s = splitter.next()) {
      all.writeBytes(s.get().raw());
      assertThat(s.get().verb()).isNotNull();
      splitter.quoting(new Quoting(flip == 0 || n++ % 2 == 0, n % 3 == 0));
    }
    return all.toByteArray();
  }

  private static List<byte[]> statements(byte[] script, Ending ending) throws IOException {
    StatementSplitter splitter = new StatementSplitter(new Trickle(script), ending);
    List<byte[]> found = new ArrayList<>();
    for (Optional<Statement> s = splitter.next(); s.isPresent(); s = splitter.next()) {
      if (!s.get().isEmpty()) {
        found.add(s.get().sql());
      }
    }
    return found;
  }

  /** Gives a few bytes at a time. */
  private static final class Trickle extends InputStream {
    private final ByteArrayInputStream all;

    Trickle(byte[] bytes) {
      all = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return all.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      return all.read(to, offset, Math.min(length, 1 + length / 7));
    }
  }
}
