package io.nsqlops.backup.engine.mysql.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsertStatementsTest {
  private static final Column INT = new Column("i", "int", "");
  private static final Column DATE = new Column("d", "date", "");
  private static final Column TEXT = new Column("t", "text", "utf8mb4");
  private static final Column GBK = new Column("g", "char", "gbk");
  private static final Column BLOB = new Column("b", "blob", "");
  private static final Column FLOAT = new Column("f", "float", "");

  @Test
  void valuesOfEveryKind() {
    byte[] rows =
        "1\t2020-02-31\tit's \\\\ \\n\\t\\0\tab\t\\0\\\\\t-0\n\\N\t\\N\t\\N\t\\N\t\\N\t\\N\n\t\t\t\t\t\n"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(statements(rows, INT, DATE, TEXT, GBK, BLOB, FLOAT))
        .containsExactly(
            "INSERT INTO `a`.`b` (`i`,`d`,`t`,`g`,`b`,`f`) VALUES "
                + "('1','2020-02-31','it\\'s \\\\ \n\t\0',X'6162',X'005c','-0'),"
                + "(NULL,NULL,NULL,NULL,NULL,NULL),"
                + "('','','',X'',X'','')");
  }

  @Test
  void textThatIsNotUtf8IsGivenByItsBytes() {
    assertThat(statements(new byte[] {(byte) 0xff, '\n'}, TEXT))
        .containsExactly("INSERT INTO `a`.`b` (`t`) VALUES (X'ff')");
  }

  @Test
  void onlyGeneratedColumns() {
    assertThat(statements("\\N\n\\N\n".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("INSERT INTO `a`.`b` () VALUES (),()");
  }

  @Test
  void statementsAreBounded() {
    byte[] rows = ("x".repeat(300_000) + "\n").repeat(10).getBytes(StandardCharsets.UTF_8);
    List<Long> counts = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    inserts(TEXT)
        .each(
            rows,
            rows.length,
            (sql, count) -> {
              counts.add(count);
              sizes.add(sql.length);
              return true;
            });
    assertThat(counts).containsExactly(4L, 4L, 2L);
    assertThat(sizes).allMatch(s -> s < 1_400_000);
    assertThat(inserts(TEXT).each(rows, rows.length, (sql, count) -> false)).isFalse();
  }

  private static List<String> statements(byte[] rows, Column... columns) {
    List<String> statements = new ArrayList<>();
    boolean all =
        new InsertStatements(table(columns), new TableName("a", "b"))
            .each(
                rows,
                rows.length,
                (sql, count) -> statements.add(new String(sql, StandardCharsets.UTF_8)));
    assertThat(all).isTrue();
    return statements;
  }

  private static InsertStatements inserts(Column... columns) {
    return new InsertStatements(table(columns), new TableName("a", "b"));
  }

  private static Table table(Column... columns) {
    return new Table(
        new TableName("x", "y"), List.of(columns), 0, false, RawText.ofUtf8("CREATE TABLE"));
  }
}
