package io.nsqlops.backup.engine.mysql.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.Preflight;
import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "mysql|(`id` int DEFAULT nextval(`a`.`s`))|problem",
        "mysql|(`id` int) ENGINE=Aria PAGE_CHECKSUM=1|problem",
        "mysql|(`id` int) WITH SYSTEM VERSIONING|problem",
        "mysql|(`nextval(` int, KEY `k` (`id`)) COMMENT='WITH SYSTEM VERSIONING'|fine",
        "mariadb|(`id` int, KEY `k` ((lower(`a`))))|problem",
        "mariadb|(`id` int, KEY `k` (`a`(10)))|fine",
        "mariadb|(`id` int /*!80023 INVISIBLE */)|note",
        "mariadb|(`id` int) WITH SYSTEM VERSIONING|fine",
        "tidb|(`p` point NOT NULL)|problem",
        "tidb|(`point` int, FULLTEXT KEY `f` (`t`))|note",
        "tidb|(`id` int CHECK (`id` > 0))|note",
        "tidb|(`id` varchar(9) DEFAULT (_utf8mb4'a'))|note",
        "tidb|(`id` int DEFAULT ((1 + 2)))|note",
        "tidb|(`id` varchar(36) DEFAULT (upper(uuid())))|note",
        "tidb|(`id` varchar(36) DEFAULT (uuid()))|fine",
        "tidb|(`id` varchar(36) DEFAULT '(' COMMENT 'DEFAULT (')|fine",
        "mysql|(`id` int DEFAULT ((1 + 2)))|fine",
        "oceanbase|(`p` point)|fine"
      })
  void ofTables(String engine, String ddl, String expected) {
    Findings findings = new Findings();
    String unquoted = QuotedText.without("CREATE TABLE `t` " + ddl);
    Features.lackedBy(server(engine)).table(unquoted, new TableName("a", "t"), findings);
    Preflight said = findings.preflight();
    String found =
        !said.problems().isEmpty() ? "problem" : said.notes().isEmpty() ? "fine" : "note";
    assertThat(found).as(said.toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "mysql|mariadb|(`a` double DEFAULT NULL)|-0 in FLOAT",
        "tidb|mariadb|(`a` float NOT NULL)|-0 in FLOAT",
        "mariadb|mariadb|(`a` double DEFAULT NULL)|",
        "mysql|mysql|(`a` double DEFAULT NULL)|",
        "mysql|mariadb|(`double` int COMMENT ' double ')|",
        "mysql|tidb|(`a` json DEFAULT NULL)|decimals in JSON",
        "mysql|tidb|(`a` double DEFAULT NULL)|",
        "tidb|tidb|(`a` json DEFAULT NULL)|"
      })
  void ofValues(String source, String target, String ddl, @Nullable String expected) {
    Findings findings = new Findings();
    String unquoted = QuotedText.without("CREATE TABLE `t` " + ddl);
    Features.lackedBy(server(target), server(source))
        .table(unquoted, new TableName("a", "t"), findings);
    assertThat(findings.preflight().problems()).isEmpty();
    String notes = String.join("; ", findings.preflight().notes());
    if (expected == null) {
      assertThat(notes).isEmpty();
    } else {
      assertThat(notes).contains(expected, "--verify none", "a.t");
    }
  }

  @Test
  void ofOtherObjects() {
    Findings findings = new Findings();
    for (Kind kind : Kind.values()) {
      SchemaObject object = new SchemaObject(kind, "a", "o", List.of(), Map.of(), "");
      Features.lackedBy(server("tidb")).object(object, findings);
      Features.lackedBy(server("mysql")).object(object, findings);
      Features.lackedBy(server("mariadb")).object(object, findings);
    }
    Preflight said = findings.preflight();
    assertThat(said.problems()).hasSize(1).first().asString().contains("sequence a.o");
    assertThat(said.notes()).hasSize(1);
    assertThat(said.notes().get(0))
        .contains("function a.o", "procedure a.o", "package a.o", "package body a.o", "trigger a.o")
        .endsWith("and 1 more")
        .doesNotContain("view");
  }

  @Test
  void manyObjectsAreCounted() {
    Findings findings = new Findings();
    for (int i = 0; i < 9; i++) {
      findings.note("odd", "t" + i);
      findings.note("odd", "t" + i);
    }
    assertThat(findings.preflight().notes()).containsExactly("odd: t0, t1, t2, t3, t4 and 4 more");
  }

  private static ServerInfo server(String engine) {
    return new ServerInfo(engine, "1.0", "h:1");
  }
}
