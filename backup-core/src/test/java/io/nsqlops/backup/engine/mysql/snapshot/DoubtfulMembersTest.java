package io.nsqlops.backup.engine.mysql.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubtfulMembersTest {
  private static final String DDL =
      """
      CREATE TABLE `t` (
        `plain` enum('a','b''?','c') DEFAULT 'a?',
        `e``m` enum('a','') NOT NULL,
        `none` enum('a','b') DEFAULT '',
        `s` set('','x') DEFAULT NULL,
        `text` varchar(9) DEFAULT 'enum('''')'
      )""";

  private static List<String> of(String engine) {
    Table table = new Table(new TableName("d", "t"), List.of(), 0, false, RawText.ofUtf8(DDL));
    return DoubtfulMembers.of(table, engine);
  }

  @Test
  void eachColumnIsNamed() {
    assertThat(of("mysql"))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("column plain of table d.t has a member that the"),
            line -> assertThat(line).startsWith("column e`m of table d.t has an empty text among"));
  }

  @Test
  void tidbPrintsMembersAsTheyAre() {
    assertThat(of("tidb")).singleElement().asString().startsWith("column e`m of table d.t");
  }
}
