package io.nsqlops.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.parse.cockroachdb.CockroachLog;
import io.nsqlops.logs.parse.mariadb.MariadbErrorLog;
import io.nsqlops.logs.parse.mysql.MysqlErrorLog;
import io.nsqlops.logs.parse.mysqlslow.MysqlSlowLog;
import io.nsqlops.logs.parse.mysqlslow.Writer;
import io.nsqlops.logs.parse.oceanbase.OceanbaseLog;
import io.nsqlops.logs.parse.plain.MultilineRule;
import io.nsqlops.logs.parse.plain.PlainText;
import io.nsqlops.logs.parse.rocksdb.RocksdbLog;
import io.nsqlops.logs.parse.statements.StatementLog;
import io.nsqlops.logs.parse.tidbslow.TidbSlowLog;
import io.nsqlops.logs.parse.unified.Component;
import io.nsqlops.logs.parse.unified.UnifiedLog;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.JsonNode;

/** Whatever bytes come: a document comes out of it, and the text can be found in it. */
class AnyTextTest {
  /** A format and the beginning of a line it understands. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Beginning {
    UNIFIED(new UnifiedLog(Component.TIDB), "[2019/01/15 13:40:39.619 +08:00] [WARN] [m.rs:4] "),
    UNIFIED_JSON(
        new UnifiedLog(Component.TIKV),
        "{\"time\":\"2020/05/16 15:49:52.449 +08:00\",\"level\":\"INFO\",\"message\":\""),
    ETCD_JSON(new UnifiedLog(Component.TIDB), "{\"level\":\"info\",\"msg\":\"\",\"ts\":"),
    ROCKSDB_NATIVE(new RocksdbLog(ZoneOffset.UTC), "2021/01/26-00:09:07.949333 7f79 [WARN] "),
    ROCKSDB(new RocksdbLog(ZoneOffset.UTC), "[2019/01/15 13:40:39.619 +08:00][17][INFO] "),
    SLOW(new TidbSlowLog(), "# Time: 2019-04-28T15:24:04.309074+08:00\n# "),
    STATEMENTS(new StatementLog(), "{\"begin\":1672128520,\""),
    COCKROACH(new CockroachLog(), "I210116 21:49:17.073282 14 1@server/node.go:464 ⋮ [n1] 23  "),
    COCKROACH_STACK(new CockroachLog(), "F210116 21:49:17.073282 14 a.go:4 ⋮ [-] 1 !"),
    COCKROACH_1(new CockroachLog(), "I000101 00:00:12.300000 456 somefile.go:136  "),
    COCKROACH_JSON(new CockroachLog(), "{\"c\":1,\"t\":\"1136214245.65\",\"message\":\""),
    OCEANBASE(
        new OceanbaseLog("observer", ZoneOffset.UTC),
        "[2023-03-18 04:03:32.056427] INFO  [RPC] f (a.cpp:231) [1][T][T0][Y0-0-0-0] [lt=8] "),
    OCEANBASE_SHORT(
        new OceanbaseLog("observer", ZoneOffset.UTC), "[2023-03-18 04:03:32.056427] INFO  "),
    OCEANBASE_ALERT(
        new OceanbaseLog("alert", ZoneOffset.UTC), "2023-05-19 13:23:25.238790|ERROR|STORAGE|"),
    OCEANBASE_CRASH(
        new OceanbaseLog("observer", ZoneOffset.UTC), "CRASH ERROR!!! sig=1, tid=5, tname="),
    OCEANBASE_TRACE(
        new OceanbaseLog("observer", ZoneOffset.UTC),
        "[2022-05-12 15:05:23.535020] send (/a.cpp:4150) "),
    TIPROXY(
        new UnifiedLog(Component.TIPROXY),
        "[2019/01/15 13:40:39.619 +08:00] [WARN] [main.proxy] [b/m.go:4] "),
    MYSQL(new MysqlErrorLog(ZoneOffset.UTC, true), "2020-08-06T14:25:02.936146Z 0 [Warning] "),
    MYSQL_JSON(
        new MysqlErrorLog(ZoneOffset.UTC, true), "{\"prio\":1,\"err_code\":10051,\"msg\":\""),
    MYSQL_CRASH(
        new MysqlErrorLog(ZoneOffset.UTC, true), "2024-03-01T10:00:01Z UTC - mysqld got signal "),
    MYSQL_UNDATED(new MysqlErrorLog(ZoneOffset.UTC, true), "10:00:01 UTC - mysqld got signal "),
    MYSQL_ASSERTION(
        new MysqlErrorLog(ZoneOffset.UTC, true), "2018-04-09 16:00:21 0x700007f04000  InnoDB: "),
    MYSQL_OLD(new MysqlErrorLog(ZoneOffset.UTC, true), "161209 14:18:50  InnoDB: "),
    MYSQL_SAFE(new MysqlErrorLog(ZoneOffset.UTC, true), "2024-03-01T10:00:01.123456Z mysqld_safe "),
    MYSQL_SLOW(
        new MysqlSlowLog(ZoneOffset.UTC, Writer.UNKNOWN, true),
        "# Time: 230301 10:00:01\n# User@Host: a[a] @ b []\n# "),
    MYSQL_SLOW_SQL(
        new MysqlSlowLog(ZoneOffset.UTC, Writer.UNKNOWN, true),
        "# User@Host: a[a] @ b []  Id:  8\nuse x;\nSET timestamp=1;\n"),
    MYSQL_GENERAL(
        new MysqlSlowLog(ZoneOffset.UTC, Writer.UNKNOWN, true),
        "2025-08-15T14:03:50.259438Z\t    9 Query\t"),
    MYSQL_GENERAL_TIMELESS(
        new MysqlSlowLog(ZoneOffset.UTC, Writer.UNKNOWN, true), "\t\t    9 Init DB\t"),
    ENTRYPOINT(
        new MysqlErrorLog(ZoneOffset.UTC, true), "2024-05-01 10:00:00+02:00 [Note] [Entrypoint]: "),
    PLAIN(new PlainText(MultilineRule.none(), ZoneOffset.UTC, true), "2024-01-01 10:00:00 "),
    PLAIN_ZONED(
        new PlainText(MultilineRule.none(), ZoneOffset.UTC, true), "2024-01-01 10:00:00 CST "),
    MARIADB_CRASH(new MariadbErrorLog(ZoneOffset.UTC, true), "230124  3:47:23 [ERROR] "),
    MARIADB(new MariadbErrorLog(ZoneOffset.UTC, true), "2023-01-23  3:47:23 0 [Note] ");

    private final LineFormat format;
    private final byte[] text;

    Beginning(LineFormat format, String text) {
      this.format = format;
      this.text = text.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Property(tries = 3000)
  void anyBytesMakeADocument(
      @ForAll Beginning beginning, @ForAll @Size(max = 100) byte[] bytes, @ForAll int seed) {
    Random random = new Random(seed);
    byte[] text = concat(beginning.text, random.nextInt(beginning.text.length + 1), bytes);
    if (text.length > 0 && random.nextBoolean()) {
      text[random.nextInt(text.length)] ^= (byte) (1 << random.nextInt(7));
    }

    Parsed parsed = Parsed.by(beginning.format, text);

    assertThat(parsed.json().has("message")).isTrue();
    beginning.format.role(text, 0, text.length);
    beginning.format.recognises(text, 0, text.length);
    beginning.format.dataset(text, 0, text.length);
    beginning.format.continues(beginning.text, beginning.text.length, text, 0, text.length);
    beginning.format.claims(text, text.length, beginning.text, 0, beginning.text.length);
    beginning.format.claims(beginning.text, beginning.text.length, text, 0, text.length);
  }

  @Property(tries = 3000)
  void everyWordIsInTheDocument(@ForAll Beginning beginning, @ForAll("bodies") String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Parsed parsed =
        Parsed.by(beginning.format, concat(beginning.text, beginning.text.length, bytes));

    StringBuilder all = new StringBuilder();
    collect(parsed.json(), all);
    // In JSON, a letter behind a backslash stands for something else.
    String literal = body.replaceAll("\\\\(u[0-9a-f]{4}|.)", " ");
    for (String word : literal.split("[^a-z]+")) {
      // The names of these two are told by the field their value is in.
      boolean name = word.equals("lt") || word.equals("errcode");
      assertThat(name ? "" : word).isSubstringOf(all.toString());
    }
  }

  /** Words between everything that means something in one of the formats. */
  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> words =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(3).ofMaxLength(6);
    Arbitrary<String> marks =
        Arbitraries.of(
            "[",
            "]",
            "\"",
            "=",
            " ",
            "|",
            "\n",
            "\n# ",
            ": ",
            "(",
            ")",
            "{",
            "}",
            ",",
            "\\",
            "!",
            "+",
            "‹",
            "›",
            "] [",
            "][",
            "\":\"",
            "\",\"",
            "\"}",
            "[lt=",
            "[errcode=",
            "Plan: ",
            "Succ: ");
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(1, words), net.jqwik.api.Tuple.of(2, marks))
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  private static byte[] concat(byte[] head, int kept, byte[] tail) {
    byte[] text = Arrays.copyOf(head, kept + tail.length);
    System.arraycopy(tail, 0, text, kept, tail.length);
    return text;
  }

  private static void collect(JsonNode node, StringBuilder into) {
    if (node.isObject()) {
      node.propertyNames().forEach(name -> into.append(name).append(' '));
    }
    if (node.isValueNode()) {
      into.append(node.asString()).append('\n');
    }
    node.forEach(child -> collect(child, into));
  }
}
