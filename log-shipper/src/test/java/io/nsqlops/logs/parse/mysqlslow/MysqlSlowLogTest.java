package io.nsqlops.logs.parse.mysqlslow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Events;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class MysqlSlowLogTest {
  private final MysqlSlowLog format = new MysqlSlowLog(ZoneOffset.ofHours(2), Writer.UNKNOWN, true);

  @Test
  void readsAnEntryOfMysql8() {
    Parsed entry =
        Parsed.by(
            format,
            """
            # Time: 2023-03-01T10:00:01.123456Z
            # User@Host: root[root] @ localhost [127.0.0.1]  Id:     8
            # Query_time: 2.000123  Lock_time: 0.000004 Rows_sent: 1  Rows_examined: 70
            use shop;
            SET timestamp=1677664799;
            select sleep(2)
            from t;""");
    assertThat(entry.tags()).isEmpty();
    assertThat(entry.text("@timestamp")).isEqualTo("2023-03-01T10:00:01.123456Z");
    assertThat(entry.message()).isEqualTo("select sleep(2)\nfrom t;");
    assertThat(entry.text("mysql.slow.db")).isEqualTo("shop");
    assertThat(entry.text("mysql.slow.user")).isEqualTo("root[root] @ localhost [127.0.0.1]");
    assertThat(entry.json().path("process.thread.id").asInt()).isEqualTo(8);
    assertThat(entry.json().path("mysql.slow.query_time_s").asDouble()).isEqualTo(2.000123);
    assertThat(entry.json().path("mysql.slow.lock_time_s").asDouble()).isEqualTo(0.000004);
    assertThat(entry.json().path("mysql.slow.rows_examined").asInt()).isEqualTo(70);
    assertThat(entry.json().path("event.duration").asLong()).isEqualTo(2_000_123_000);
    assertThat(entry.json().path("mysql.slow.set_timestamp").asLong()).isEqualTo(1677664799);
    assertThat(entry.json().has("mysql.slow.other")).isFalse();
  }

  @Test
  void readsAnEntryOfMariadb() {
    Parsed entry =
        Parsed.by(
            format,
            """
            # Time: 230301 12:00:01
            # User@Host: root[root] @ localhost []
            # Thread_id: 8  Schema: shop  QC_hit: No
            # Query_time: 2.000123  Lock_time: 0.000000  Rows_sent: 1  Rows_examined: 1
            # Rows_affected: 0  Bytes_sent: 64
            # Full_scan: No  Full_join: No  Tmp_table: No
            SET timestamp=1677664801;
            select sleep(2);""");
    assertThat(entry.tags()).isEmpty();
    assertThat(entry.text("@timestamp")).isEqualTo("2023-03-01T10:00:01Z");
    assertThat(entry.message()).isEqualTo("select sleep(2);");
    assertThat(entry.text("mysql.slow.user")).isEqualTo("root[root] @ localhost []");
    assertThat(entry.text("mysql.slow.db")).isEqualTo("shop");
    assertThat(entry.json().path("mysql.slow.bytes_sent").asInt()).isEqualTo(64);
    assertThat(entry.json().path("mysql.slow.other").path("Full_scan").asString()).isEqualTo("No");
    assertThat(entry.json().path("process.thread.id").asInt()).isEqualTo(8);
  }

  @Test
  void whereNothingElseTellsTheTimeItIsReadInTheZone() {
    Parsed entry =
        Parsed.by(
            format,
            "# Time: 230301  9:00:01\n# User@Host: a[a] @ b []\n# administrator command: Quit;");
    assertThat(entry.text("@timestamp")).isEqualTo("2023-03-01T07:00:01Z");
    assertThat(entry.message()).isEqualTo("administrator command: Quit;");
    Parsed repeated =
        Parsed.by(format, "# User@Host: a[a] @ b []\nSET timestamp=1677664801;\nselect 1;");
    assertThat(repeated.text("@timestamp")).isEqualTo("2023-03-01T10:00:01Z");
    assertThat(repeated.message()).isEqualTo("select 1;");
  }

  /** Of a session without a database, with a plan, after an insert. */
  @Test
  void readsWhatMariadbAddsOrLeavesEmpty() {
    Parsed entry =
        Parsed.by(
            format,
            """
            # User@Host: root[root] @ localhost []
            # Thread_id: 8  Schema:   QC_hit: No
            # Query_time: 2.000123  Lock_time: 0.000000
            #
            # explain: id select_type
            # explain: 1 SIMPLE
            #
            SET last_insert_id=3,insert_id=7,timestamp=1677664801.500000;
            insert into t values (null);""");
    assertThat(entry.text("@timestamp")).isEqualTo("2023-03-01T10:00:01.500Z");
    assertThat(entry.text("mysql.slow.db")).isEmpty();
    assertThat(entry.json().path("mysql.slow.other").path("QC_hit").asString()).isEqualTo("No");
    assertThat(entry.json().path("mysql.slow.other").path("explain").asString())
        .isEqualTo("id select_type\n1 SIMPLE");
    assertThat(entry.message())
        .isEqualTo(
            "SET last_insert_id=3,insert_id=7,timestamp=1677664801.500000;\n"
                + "insert into t values (null);");
    byte[] comment = "# Time: foo".getBytes(StandardCharsets.UTF_8);
    assertThat(format.role(comment, 0, comment.length)).isEqualTo(LineRole.CONTINUES);
  }

  /** MariaDB leaves the time out where it is that of the entry before. */
  @Test
  void anEntryBeginsWithItsTimeOrItsUser() {
    List<String> events =
        Events.of(
            format,
            """
            /usr/sbin/mariadbd, Version: 10.11.6-MariaDB-log (Debian). started with:
            Tcp port: 0  Unix socket: /run/mysqld/mysqld.sock
            Time\t\t    Id Command\tArgument
            # Time: 230301 10:00:01
            # User@Host: root[root] @ localhost []
            # Query_time: 2.0
            select 1;
            # User@Host: root[root] @ localhost []
            # Query_time: 3.0
            select '

            ';
            # Time: 230301 10:00:02
            # User@Host: root[root] @ localhost []
            select 3;""");
    assertThat(events).hasSize(4);
    assertThat(events.get(0)).startsWith("/usr/sbin/mariadbd").endsWith("Argument");
    assertThat(events.get(1)).startsWith("# Time: 230301 10:00:01").endsWith("select 1;");
    assertThat(events.get(2)).startsWith("# User@Host").endsWith("select '\n\n';");
    assertThat(events.get(3)).startsWith("# Time: 230301 10:00:02").endsWith("select 3;");
    Parsed banner = Parsed.by(format, events.get(0));
    assertThat(banner.tags()).isEmpty();
    assertThat(banner.message()).isEqualTo(events.get(0));
  }

  @Test
  void readsTheGeneralLogThatBeginsAsTheSlowOneDoes() {
    List<String> events = Events.of(format, Events.resource("mysql-8-general.log"));
    assertThat(events).hasSize(15);
    assertThat(dataset(events.get(0))).isEqualTo("mysql.slow");
    assertThat(events.subList(1, 15)).allMatch(event -> dataset(event).equals("mysql.general"));
    Parsed query = Parsed.by(format, events.get(2));
    assertThat(query.text("@timestamp")).isEqualTo("2025-08-15T14:04:10.394852Z");
    assertThat(query.text("process.thread.id")).isEqualTo("9");
    assertThat(query.text("event.action")).isEqualTo("Query");
    assertThat(query.message()).isEqualTo("select * from testtab");
    assertThat(Parsed.by(format, events.get(3)).message()).isEqualTo("Quit");
    assertThat(Parsed.by(format, events.get(7)).text("event.action")).isEqualTo("Init DB");
  }

  @Test
  void readsTheGeneralLogOfOldVersionsAndMariadb() {
    List<String> events =
        Events.of(
            format,
            """
            161209 14:18:50\t    9 Connect\troot@localhost on\s
            \t\t    9 Query\tselect 1,
            \t\t  9 as a
            161209  4:18:51\t   10 Quit\t""");
    assertThat(events).hasSize(3);
    Parsed.by(format, events.get(0));
    Parsed query = Parsed.by(format, events.get(1));
    assertThat(query.text("@timestamp")).isEqualTo("2016-12-09T12:18:50Z");
    assertThat(query.message()).isEqualTo("select 1,\n\t\t  9 as a");
  }

  /** The text of an address list, say, or of a log that is kept in a table. */
  @Test
  void whatLooksLikeTheGeneralLogWithinAStatementIsPartOfIt() {
    String entry =
        """
        # Time: 2024-05-01T10:00:00.000000Z
        # User@Host: root[root] @ localhost []  Id:     8
        # Query_time: 2.0  Lock_time: 0.0 Rows_sent: 0  Rows_examined: 0
        INSERT INTO t VALUES ('
        \t\t12 Main St\tBoston
        2024-05-01T10:00:00.000000Z\t   13 Query\tselect 1
        ');""";
    assertThat(Events.of(format, entry)).containsExactly(entry);
  }

  /** Whoever may run statements could hide all that follows otherwise. */
  @Test
  void whatLooksLikeASlowOneWithinAStatementDoesNotHideTheGeneralLogBehindIt() {
    for (String line : List.of("# User@Host: a[b] @ c [1.2.3.4]", "# Time: 161209 14:18:50")) {
      List<String> events =
          Events.of(
              format,
              """
              161209 14:18:50\t    9 Connect\troot@localhost on\s
              \t\t    9 Query\tselect 'x
              %s
              y'
              \t\t   10 Query\tselect 1
              161209 14:18:51\t   10 Quit\t"""
                  .formatted(line));
      assertThat(events).hasSize(5);
      assertThat(dataset(events.get(3))).isEqualTo("mysql.general");
      assertThat(Parsed.by(format, events.get(3)).message()).isEqualTo("select 1");
    }
  }

  @Test
  void commandsThatNoServerHasAreOfAnotherLog() {
    assertThat(recognises(Writer.UNKNOWN, "2024-05-01T10:00:00Z\t5 Query\tselect 1")).isTrue();
    assertThat(recognises(Writer.UNKNOWN, "2024-05-01T10:00:00Z\t5 INFO\tmessage")).isFalse();
  }

  /** As found behind a copy and truncation, or with Percona Server's extended log. */
  @Test
  void aUserWithoutAThreadIsRecognisedUnlessTheFileIsOfTidb() {
    String user = "# User@Host: root[root] @ localhost []";
    assertThat(recognises(Writer.UNKNOWN, user)).isTrue();
    assertThat(recognises(Writer.MYSQL, "# User@Host: root")).isTrue();
    assertThat(recognises(Writer.UNKNOWN, "# User@Host: root")).isFalse();
    assertThat(recognises(Writer.TIDB, user)).isFalse();
    assertThat(recognises(Writer.TIDB, user + "  Id:     8")).isTrue();
    assertThat(Events.genuine(format, "percona-5.5-slow.log"))
        .hasSize(4)
        .allSatisfy(event -> assertThat(event.tags()).isEmpty())
        .allSatisfy(event -> assertThat(event.text("@timestamp")).isEqualTo("2014-04-26T23:45:55Z"))
        .allSatisfy(event -> assertThat(event.text("mysql.slow.db")).isEqualTo("db1"));
    assertThat(Events.genuine(format, "mariadb-slow.log")).hasSize(2);
  }

  @Test
  void aPlanIsAFieldAndTheMessageIsTheStatement() {
    List<Parsed> events = Events.genuine(format, "mariadb-slow-explain.log");
    assertThat(events).hasSize(1);
    String plan = events.get(0).json().path("mysql.slow.other").path("explain").asString();
    assertThat(plan.lines())
        .hasSize(4)
        .first()
        .asString()
        .isEqualTo(
            "id   select_type     table   type    possible_keys   key     key_len ref     rows   "
                + " Extra");
    assertThat(plan)
        .endsWith("i_o_custkey     5       dbt3sf1.customer.c_custkey      7       Using index");
    assertThat(events.get(0).message()).startsWith("select count(*) from customer, orders");
  }

  @Test
  void thatPerconaServerHasNoStatisticsIsNoPartOfTheStatement() {
    List<Parsed> events = Events.genuine(format, "percona-5.7-slow.log");
    assertThat(events).hasSize(2).allSatisfy(event -> assertThat(event.tags()).isEmpty());
    assertThat(events.get(0).message()).isEqualTo("SHOW GLOBAL STATUS LIKE 'wsrep_local_state';");
    assertThat(events.get(0).json().path("mysql.slow.other").path("InnoDB_statistics").asString())
        .isEqualTo("No InnoDB statistics available for this query");
    assertThat(events.get(1).message()).startsWith("select config.id as id");
  }

  @Test
  void anEntryWithoutATimeIsOfThatOfTheEntryBefore() {
    List<Parsed> events = Events.genuine(format, "mysql-5.0-slow.log");
    assertThat(events)
        .extracting(event -> event.text("@timestamp"))
        .containsExactly(
            "",
            "2008-11-27T06:51:20Z",
            "2008-11-27T06:51:21Z",
            "2008-11-27T06:51:21Z",
            "2008-11-27T06:51:21Z");
    assertThat(events.get(2).message()).isEqualTo("administrator command: Quit;");
    MysqlSlowLog contained = new MysqlSlowLog(ZoneOffset.UTC, Writer.MYSQL, false);
    assertThat(Events.genuine(contained, "mysql-5.0-slow.log").get(3).json().has("@timestamp"))
        .isFalse();
  }

  private static boolean recognises(Writer writer, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return new MysqlSlowLog(ZoneOffset.UTC, writer, true).recognises(bytes, 0, bytes.length);
  }

  private String dataset(String event) {
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    return format.dataset(bytes, 0, bytes.length);
  }
}
