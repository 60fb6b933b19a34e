package io.nsqlops.logs.parse.tidbslow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TidbSlowLogTest {
  private static final String ENTRY =
      """
      # Time: 2019-04-28T15:24:04.309074+08:00
      # Txn_start_ts: 405888132465033227
      # User@Host: root[root] @ localhost [127.0.0.1]
      # Session_alias: alias123
      # Exec_retry_time: 0.12 Exec_retry_count: 57
      # Query_time: 0.216905
      # Cop_time: 0.38 Process_time: 0.021 Request_count: 1 Total_keys: 637 Processed_keys: 436
      # Is_internal: true
      # Digest: 42a1c8aae6f133e934d4bf0147491709a8812ea05ff8819ec522780fe657b772
      # Stats: t1:1,t2:2
      # Cop_wait_avg: 0.05 Cop_wait_p90: 0.6 Cop_wait_max: 0.8 Cop_wait_addr: 0.0.0.0:20160
      # Mem_max: 70724
      # Plan_from_cache: true
      # Succ: false
      # Plan_digest: 60e9378c746d9a2be1c791047e008967cf252eb6de9167ad3aa6098fa2d523f4
      # Prev_stmt: update t set i = 1;
      use test;
      select * from t;""";

  private final TidbSlowLog format = new TidbSlowLog();

  @Test
  void readsAnEntryOfTheDocumentation() {
    Parsed entry = Parsed.by(format, ENTRY);

    assertThat(entry.tags()).isEmpty();
    assertThat(entry.text("@timestamp")).isEqualTo("2019-04-28T07:24:04.309074Z");
    assertThat(entry.message()).isEqualTo("select * from t;");
    assertThat(entry.text("tidb.slow.db")).isEqualTo("test");
    assertThat(entry.text("tidb.slow.user")).isEqualTo("root[root] @ localhost [127.0.0.1]");
    assertThat(entry.json().path("tidb.slow.query_time_s").asDouble()).isEqualTo(0.216905);
    assertThat(entry.json().path("event.duration").asLong()).isEqualTo(216_905_000);
    assertThat(entry.json().path("tidb.slow.exec_retry_count").asInt()).isEqualTo(57);
    assertThat(entry.json().path("tidb.slow.process_keys").asInt()).isEqualTo(436);
    assertThat(entry.text("tidb.slow.stats")).isEqualTo("t1:1,t2:2");
    assertThat(entry.text("tidb.slow.cop_wait_addr")).isEqualTo("0.0.0.0:20160");
    assertThat(entry.text("tidb.slow.prev_stmt")).isEqualTo("update t set i = 1;");
    assertThat(entry.text("event.outcome")).isEqualTo("failure");
    assertThat(entry.json().path("tidb.slow.is_internal").asBoolean()).isTrue();
    assertThat(entry.text("tidb.slow.digest")).startsWith("42a1c8aae6f1");
  }

  @Test
  void onlyATimeBeginsAnEntry() {
    List<LineRole> roles = Arrays.stream(ENTRY.split("\n")).map(this::role).toList();
    assertThat(roles.get(0)).isEqualTo(LineRole.STARTS);
    assertThat(roles.subList(1, roles.size())).containsOnly(LineRole.CONTINUES);
    assertThat(role("# Time: of day")).isEqualTo(LineRole.CONTINUES);
    assertThat(role(" # Time: 2019-04-28T15:24:04.309074+08:00")).isEqualTo(LineRole.CONTINUES);
  }

  @Test
  void sqlMayHoldEmptyLinesAndComments() {
    String sql = "select 1\n\n# Query_time: 7\n-- x\nfrom t;";
    Parsed entry = Parsed.by(format, "# Time: 2019-04-28T15:24:04Z\n# Query_time: 1\n" + sql);
    assertThat(entry.message()).isEqualTo(sql);
    assertThat(entry.text("tidb.slow.query_time_s")).isEqualTo("1");
  }

  @Test
  void readsTheTimeOfTheFirstVersions() {
    Parsed entry =
        Parsed.by(format, "# Time: 2019-01-24-22:32:29.313255 +0800\n# User: root@::1\n");
    assertThat(entry.text("@timestamp")).isEqualTo("2019-01-24T14:32:29.313255Z");
    assertThat(entry.text("tidb.slow.user")).isEqualTo("root@::1");
  }

  /** As TiDB 8.5 writes of a commit. */
  @Test
  void whatIsInBracesIsOneValue() {
    Parsed entry =
        Parsed.by(
            format,
            "# Time: 2019-04-28T15:24:04Z\n"
                + "# Slowest_prewrite_rpc_detail: {total:0.000s, region_id: 36, store: store1, }"
                + " Commit_primary_rpc_detail: {total:0.001s, region_id: 37, store: store1, }\n"
                + "# Open: {a: 1 Succ: true\nselect 1;");
    assertThat(entry.tags()).isEmpty();
    assertThat(entry.json().path("tidb.slow.other").path("Slowest_prewrite_rpc_detail").asString())
        .isEqualTo("{total:0.000s, region_id: 36, store: store1, }");
    assertThat(entry.json().path("tidb.slow.other").path("Commit_primary_rpc_detail").asString())
        .isEqualTo("{total:0.001s, region_id: 37, store: store1, }");
    assertThat(entry.text("event.outcome")).isEqualTo("success");
    assertThat(entry.message()).isEqualTo("select 1;");
  }

  @Test
  void valuesOfFreeTextTakeTheRestOfTheirLine() {
    Parsed entry =
        Parsed.by(
            format,
            """
            # Time: 2019-04-28T15:24:04.309074+08:00
            # Process_time: 0.021 Wait_time: 0.001 Process_keys: 436 Total_keys: 637
            # Cop_proc_avg: 0.1 Cop_proc_p90: 0.2 Cop_proc_max: 0.03 Cop_proc_addr: 127.0.0.1:20160
            # Warnings: [{"Level":"Warning","Message":"Succ: false # Digest: x"}]
            # Prev_stmt: insert into t values ('Succ: false', 'a: b;');
            # Plan: tidb_decode_plan('0gWAMAkzM18xMQkwCTAJCg== Succ: x')
            # Binary_plan: tidb_decode_binary_plan('AgQgAQ== Mem_max: 2')
            # Succ: true
            select 1;""");
    assertThat(entry.tags()).isEmpty();
    assertThat(entry.text("event.outcome")).isEqualTo("success");
    assertThat(entry.json().path("tidb.slow.process_keys").asInt()).isEqualTo(436);
    assertThat(entry.text("tidb.slow.cop_proc_addr")).isEqualTo("127.0.0.1:20160");
    assertThat(entry.text("tidb.slow.warnings"))
        .isEqualTo("[{\"Level\":\"Warning\",\"Message\":\"Succ: false # Digest: x\"}]");
    assertThat(entry.text("tidb.slow.prev_stmt"))
        .isEqualTo("insert into t values ('Succ: false', 'a: b;');");
    assertThat(entry.text("tidb.slow.plan")).endsWith("Succ: x')");
    assertThat(entry.text("tidb.slow.binary_plan")).endsWith("Mem_max: 2')");
    assertThat(entry.json().has("tidb.slow.mem_max")).isFalse();
    assertThat(entry.message()).isEqualTo("select 1;");
  }

  @Test
  void keysThatAreNotKnownAreKeptTogether() {
    Parsed entry =
        Parsed.by(
            format,
            "# Time: 2019-04-28T15:24:04Z\n"
                + "# Cop_backoff_regionMiss_total_times: 200 Cop_backoff_regionMiss_max_addr:"
                + " 127.0.0.1 New_key: some words here\nselect 1;");
    assertThat(entry.json().path("tidb.slow.other").path("Cop_backoff_regionMiss_max_addr"))
        .isEqualTo(tools.jackson.databind.node.StringNode.valueOf("127.0.0.1"));
    assertThat(entry.json().path("tidb.slow.other").path("New_key").asString())
        .isEqualTo("some words here");
  }

  @Test
  void whatIsNoKeyStaysInTheMessage() {
    Parsed entry =
        Parsed.by(
            format,
            "# Time: 2019-04-28T15:24:04Z\n# not a key\n# Mem_max: 1 Mem_max: 2\nselect 1;");
    assertThat(entry.message()).isEqualTo("not a key\nMem_max: 2\nselect 1;");
    assertThat(entry.json().path("tidb.slow.mem_max").asInt()).isEqualTo(1);
    assertThat(entry.tags()).containsExactly("_parse_partial");
  }

  @Test
  void valuesThatAreNoNumbersAreText() {
    Parsed entry =
        Parsed.by(format, "# Time: 2019-04-28T15:24:04Z\n# Query_time: NaN Mem_max: 07\nx;");
    assertThat(entry.text("tidb.slow.query_time_s")).isEqualTo("NaN");
    assertThat(entry.text("tidb.slow.mem_max")).isEqualTo("07");
    assertThat(entry.json().has("event.duration")).isFalse();
  }

  private LineRole role(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return format.role(bytes, 0, bytes.length);
  }
}
