package io.nsqlops.backup.engine.mysql.session;

import io.nsqlops.backup.error.ErrorKind;
import java.util.Set;
import java.util.regex.Pattern;

/** What the error numbers of MySQL, MariaDB and TiDB mean for whoever reads or loads. */
final class ErrorCodes {
  static final int NO_SUCH_TABLE = 1146;

  private static final int TABLE_FULL = 1114;

  /** The server took a whole transaction back, for the good of another one. */
  private static final int DEADLOCK = 1213;

  private static final Set<Integer> LOGIN = Set.of(1045, 1698);
  private static final Set<Integer> RIGHTS = Set.of(1044, 1142, 1143, 1227, 1370, 1419, 3619);

  /** Too many connections, a shutdown, time-outs, a lost connection, no memory at the moment. */
  private static final Set<Integer> PASSING =
      Set.of(
          1037, 1040, 1041, 1053, 1135, 1158, 1159, 1160, 1161, 1205, DEADLOCK, 1927, 2006, 2013);

  /** TiDB takes a transaction back where it meets another's writes or definitions. */
  private static final Set<Integer> TIDB_CONFLICT = Set.of(8002, 8005, 8022, 8028, 9007);

  /** TiDB's schema, memory, resource groups; then PD, TiKV and TiFlash, busy or away. */
  private static final Set<Integer> TIDB_PASSING =
      Set.of(
          8027, 8113, 8175, 8176, 8229, 8252, 8253, 9001, 9002, 9003, 9004, 9005, 9006, 9008, 9010,
          9011, 9012, 9013);

  /** Somebody, or a limit, ended the statement or the session. */
  private static final Set<Integer> ENDED = Set.of(1317, 1969, 3024);

  /** The server's disk or tablespace is full. */
  private static final Set<Integer> FULL = Set.of(1021, TABLE_FULL);

  /** The operating system's number for that stands in messages of many numbers. */
  private static final Pattern NO_SPACE =
      Pattern.compile("(?i)\\b(error|errno|errcode):? 28\\b|no space left");

  /** Of some option, or of the whole server. */
  private static final int OPTION_PREVENTS = 1290;

  private static final int READ_ONLY_MODE = 1836;
  private static final Pattern READ_ONLY = Pattern.compile("read[-_]only");

  /** Of a command that is unknown; of a Galera node that is joining or apart. */
  private static final int UNKNOWN_COMMAND = 1047;

  private static final int TABLE_CHANGED = 1412;

  /** Too many locks at once for the memory InnoDB has. */
  private static final int LOCK_TABLE_FULL = 1206;

  /** A transaction is larger than the server lets one be in its binary log. */
  private static final int TRANSACTION_CACHE_FULL = 1197;

  /** An account may not do so much in an hour, or have so many sessions. */
  private static final Set<Integer> LIMITED = Set.of(1203, 1226);

  /** The binary log cannot be written, or not in its format. */
  private static final Set<Integer> BINARY_LOG = Set.of(1598, 1665);

  /** A table of the server's own is not what its version makes of it. */
  private static final Set<Integer> NOT_UPGRADED = Set.of(1545, 1548, 1558, 1805);

  /** TiDB's number for what has none, what comes from TiKV, PD and the network among it. */
  private static final int TIDB_OTHER = 1105;

  private static final Pattern CLUSTER =
      Pattern.compile(
          "(?i)rpc error|unavailable|time(d )?out|deadline exceeded|context canceled|is busy"
              + "|connection (refused|reset|closed)|no (available )?(leader|store)|not leader"
              + "|schema is out of date|tikv aborts txn|memory quota|try again");

  /** What was there when it was listed has been dropped: a table, its database, a program. */
  private static final Set<Integer> GONE = Set.of(NO_SUCH_TABLE, 1049, 1305, 1360, 1539);

  /** Files of a table, its tablespace or what it refers to are lost, or its engine is. */
  private static final Set<Integer> DAMAGED =
      Set.of(
          1017, 1030, 1033, 1034, 1035, 1168, 1194, 1195, 1286, 1431, 1707, 1712, 1812, 1813, 1814,
          1877, 1932);

  private ErrorCodes() {}

  /** Who must do something about it. */
  static ErrorKind kind(int code, String message) {
    if (LOGIN.contains(code) || isRights(code) || NOT_UPGRADED.contains(code)) {
      return ErrorKind.USAGE;
    }
    if (code == TRANSACTION_CACHE_FULL || BINARY_LOG.contains(code)) {
      return isFull(code, message) ? ErrorKind.TRANSIENT : ErrorKind.USAGE;
    }
    boolean passing =
        isBusy(code, message)
            || isFull(code, message)
            || isReadOnly(code, message)
            || code == TABLE_CHANGED;
    return passing ? ErrorKind.TRANSIENT : ErrorKind.INTERNAL;
  }

  /** What to do next. */
  static String hint(int code, String message) {
    if (LOGIN.contains(code)) {
      return "check the user in the URL and the password in NSQL_OPS_DB_PASSWORD or --password-file";
    }
    if (isRights(code)) {
      return "grant the user what the message names; `nsql-ops doctor` lists all rights needed";
    }
    if (code == TABLE_CHANGED || code == NO_SUCH_TABLE) {
      return "a table was altered or dropped during the backup: run it again";
    }
    if (code == TABLE_FULL) {
      return "make room on the server, or raise max_heap_table_size if this is a table of"
          + " ENGINE=MEMORY; then run the same command again";
    }
    if (isFull(code, message)) {
      return "make room on the server, then run the same command again";
    }
    if (isReadOnly(code, message)) {
      return "the server takes no writes: it is a replica, or was made one; name the one that does,"
          + " or make it writable, then run the same command again";
    }
    if (code == LOCK_TABLE_FULL) {
      return "use fewer --threads, or raise innodb_buffer_pool_size on the server; then run the same"
          + " command again";
    }
    if (code == TRANSACTION_CACHE_FULL) {
      return "raise max_binlog_cache_size on the server to 64 MiB or more, then run the same command"
          + " again";
    }
    if (LIMITED.contains(code)) {
      return "wait until the hour is over, or use fewer --threads if the message is about sessions;"
          + " or raise the limit of the account (ALTER USER … WITH …); then run the same command"
          + " again";
    }
    if (NOT_UPGRADED.contains(code)) {
      return "tables of the server's own are damaged or of an older version: run mariadb-upgrade"
          + " (MySQL before 8.0.16: mysql_upgrade), then the same command again";
    }
    if (BINARY_LOG.contains(code)) {
      return "see the server's error log for what keeps it from writing its binary log; where it is"
          + " the format, SET GLOBAL binlog_format=ROW; then run the same command again";
    }
    return isBusy(code, message)
        ? "run the same command again"
        : "look the error number up in the server's manual; -v shows where it came from";
  }

  static boolean isRights(int code) {
    return RIGHTS.contains(code);
  }

  /** Whether the server refused for want of rights, or did not let anybody in. */
  static boolean isDenied(int code) {
    return isRights(code) || code == 1045;
  }

  /** Whether the same transaction may do at once. */
  static boolean isConflict(int code) {
    return code == DEADLOCK || TIDB_CONFLICT.contains(code);
  }

  static boolean isGone(int code) {
    return GONE.contains(code);
  }

  static boolean isOfAnotherMoment(int code) {
    return code == TABLE_CHANGED || isGone(code);
  }

  static boolean isDamage(int code) {
    return DAMAGED.contains(code);
  }

  private static boolean isBusy(int code, String message) {
    return PASSING.contains(code)
        || ENDED.contains(code)
        || TIDB_CONFLICT.contains(code)
        || TIDB_PASSING.contains(code)
        || LIMITED.contains(code)
        || code == LOCK_TABLE_FULL
        || (code == TIDB_OTHER && CLUSTER.matcher(message).find())
        || (code == UNKNOWN_COMMAND && message.contains("WSREP"));
  }

  private static boolean isFull(int code, String message) {
    return FULL.contains(code) || NO_SPACE.matcher(message).find();
  }

  private static boolean isReadOnly(int code, String message) {
    return code == READ_ONLY_MODE || (code == OPTION_PREVENTS && READ_ONLY.matcher(message).find());
  }
}
