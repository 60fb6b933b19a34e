package io.nsqlops.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyDefinitionTest {
  private static final Column ID = new Column("i`d", "varchar", "utf8mb4");
  private static final Column TENANT = new Column("tenant", "int", "");
  private static final String LINE = "varchar(20) NOT NULL";
  private static final String OPTIONS =
      "ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";

  private static KeyDefinition of(List<Column> key, String line, String more, String options) {
    String ddl =
        "CREATE TABLE `t` (\n  `i``d` %s,\n  `tenant` int(11),\n%s  PRIMARY KEY (`i``d`)\n) %s"
            .formatted(line, more, options);
    return KeyDefinition.of(
        new Table(new TableName("d", "t"), key, key.size(), true, RawText.ofUtf8(ddl)));
  }

  private static KeyDefinition of(String line, String more, String options) {
    return of(List.of(ID), line, more, options);
  }

  @Test
  void whatDoesNotTouchTheKeyLeavesItEqual() {
    KeyDefinition key = of(LINE, "", OPTIONS);
    assertThat(of(LINE, "", OPTIONS.replace("=7", "=9"))).isEqualTo(key);
    assertThat(of(LINE, "  `more` text COLLATE utf8mb4_unicode_ci,\n", OPTIONS)).isEqualTo(key);
    assertThat(of(LINE, "  KEY `k` (`i``d`),\n", OPTIONS)).isEqualTo(key);
  }

  @Test
  void columnsTypesAndCollationsTellKeysApart() {
    KeyDefinition key = of(LINE, "", OPTIONS);
    assertThat(of("varchar(20) COLLATE utf8mb4_general_ci NOT NULL", "", OPTIONS))
        .isNotEqualTo(key);
    assertThat(of(LINE, "", OPTIONS.replace("_bin", "_general_ci"))).isNotEqualTo(key);
    assertThat(of(LINE, "", OPTIONS.replace("utf8mb4 COLLATE=utf8mb4_bin", "latin1")))
        .isNotEqualTo(key);
    assertThat(of(List.of(TENANT, ID), LINE, "", OPTIONS)).isNotEqualTo(key);
    assertThat(of(List.of(ID, TENANT), LINE, "", OPTIONS))
        .isNotEqualTo(of(List.of(TENANT, ID), LINE, "", OPTIONS));
    Column number = new Column("i`d", "bigint", "");
    assertThat(of(List.of(number), LINE, "", OPTIONS)).isNotEqualTo(key);
  }
}
