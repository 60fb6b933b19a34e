package io.nsqlops.logs.parse.tidbslow;

import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.parse.slow.SlowField;
import io.nsqlops.logs.parse.slow.SlowField.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The keys that have a field of their own. */
final class TidbSlowKeys {
  private static final String PREFIX = "tidb.slow.";

  private TidbSlowKeys() {}

  static Map<String, SlowField> known() {
    Map<String, SlowField> map = new HashMap<>();
    add(
        map,
        Kind.NUMBER,
        List.of(
            "Parse_time",
            "Compile_time",
            "Rewrite_time",
            "Optimize_time",
            "Wait_TS",
            "Cop_time",
            "Process_time",
            "Wait_time",
            "Backoff_time",
            "LockKeys_time",
            "Request_count",
            "Total_keys",
            "Process_keys",
            "Prewrite_time",
            "Commit_time",
            "Get_commit_ts_time",
            "Local_latch_wait_time",
            "Write_keys",
            "Write_size",
            "Prewrite_region",
            "Txn_retry",
            "Mem_max",
            "Disk_max",
            "Exec_retry_time",
            "Exec_retry_count",
            "Num_cop_tasks",
            "Cop_proc_avg",
            "Cop_proc_p90",
            "Cop_proc_max",
            "Cop_wait_avg",
            "Cop_wait_p90",
            "Cop_wait_max",
            "Result_rows",
            "KV_total",
            "PD_total",
            "Backoff_total",
            "Write_sql_response_total",
            "Preproc_subqueries",
            "Preproc_subqueries_time"));
    add(
        map,
        Kind.FLAG,
        List.of(
            "Is_internal",
            "Prepared",
            "Plan_from_cache",
            "Plan_from_binding",
            "Has_more_results",
            "IsExplicitTxn"));
    add(
        map,
        Kind.WORD,
        List.of(
            "Txn_start_ts",
            "Conn_ID",
            "Digest",
            "Plan_digest",
            "DB",
            "Cop_proc_addr",
            "Cop_wait_addr",
            "Resource_group"));
    add(
        map,
        Kind.TEXT,
        List.of(
            "Stats",
            "Index_names",
            "Session_alias",
            "Warnings",
            "Prev_stmt",
            "Plan",
            "Binary_plan"));
    map.put("Query_time", new SlowField(new EcsField(PREFIX + "query_time_s"), Kind.NUMBER));
    map.put("Processed_keys", new SlowField(new EcsField(PREFIX + "process_keys"), Kind.NUMBER));
    map.put("User@Host", new SlowField(new EcsField(PREFIX + "user"), Kind.TEXT));
    map.put("User", new SlowField(new EcsField(PREFIX + "user"), Kind.TEXT));
    return map;
  }

  private static void add(Map<String, SlowField> map, Kind kind, List<String> keys) {
    for (String key : keys) {
      String name = PREFIX + key.toLowerCase(Locale.ROOT);
      map.put(key, new SlowField(new EcsField(name), kind));
    }
  }
}
