package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableCollationTest {
  private static final TableCollation BIN =
      TableCollation.of(") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");

  @Test
  void whatTheTableHasAnywayIsNotSaid() {
    for (String said :
        new String[] {"", " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", " COLLATE utf8mb4_bin"}) {
      assertThat(BIN.column("`a``b(` varchar(10)" + said + " NOT NULL"))
          .isEqualTo("`a``b(` varchar(10) NOT NULL");
      assertThat(BIN.column("`a` enum('x, )','it''s')" + said))
          .isEqualTo("`a` enum('x, )','it''s')");
    }
  }

  @Test
  void aCharacterSetAloneMeansItsOwnCollation() {
    for (String charset :
        new String[] {"latin1_swedish_ci", "gbk_chinese_ci", "greek_general_ci"}) {
      String alone = " CHARACTER SET " + charset.replaceFirst("_.*", "");
      TableCollation own =
          TableCollation.of(") DEFAULT CHARSET=" + charset.replaceFirst("_.*", ""));
      assertThat(own.name()).isEqualTo(charset);
      assertThat(own.column("`c` text COLLATE " + charset)).isEqualTo("`c` text");
      assertThat(BIN.column("`c` text" + alone + " COMMENT 'c'"))
          .isEqualTo(BIN.column("`c` text" + alone + " COLLATE " + charset + " COMMENT 'c'"))
          .isEqualTo("`c` text COLLATE " + charset + " COMMENT 'c'");
    }
    assertThat(BIN.column("`c` char(1) CHARACTER SET binary"))
        .isEqualTo("`c` char(1) COLLATE binary");
  }

  @Test
  void whatIsNoCollationOfTheColumnStays() {
    for (String column :
        new String[] {
          "`c` int(11) NOT NULL",
          "`c` text DEFAULT (_utf8mb4' COLLATE utf8mb4_bin')",
          "`c` text GENERATED ALWAYS AS ((`d` collate utf8mb4_bin)) VIRTUAL",
          "`c` varchar(9) COMMENT ' COLLATE utf8mb4_bin'",
          "`c`"
        }) {
      assertThat(BIN.column(column)).isEqualTo(column);
    }
    assertThat(
            BIN.column(
                "`c` varchar(9) /*M!100301 COMPRESSED*/ CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"))
        .isEqualTo("`c` varchar(9) /*M!100301 COMPRESSED*/");
  }

  @Test
  void theTableSaysItInAnyCase() {
    String options = ") ENGINE=InnoDB DEFAULT CHARSET=latin1%s COMMENT=' DEFAULT CHARSET=utf8'";
    TableCollation latin1 = TableCollation.of(options.formatted(""));
    assertThat(latin1.options(options.formatted("")))
        .isEqualTo(latin1.options(options.formatted(" COLLATE=latin1_swedish_ci")));
    assertThat(TableCollation.of(") ENGINE=InnoDB").options(") ENGINE=InnoDB"))
        .isEqualTo(") ENGINE=InnoDB");
  }
}
