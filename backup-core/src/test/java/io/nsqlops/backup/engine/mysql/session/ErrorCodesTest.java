package io.nsqlops.backup.engine.mysql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.error.ErrorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorCodesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1021 | Disk full (/tmp/x); waiting for someone to free some space | make room",
        "1114 | The table 'item' is full | make room",
        "1030 | Got error 28 \"No space left on device\" from storage engine InnoDB | make room",
        "3 | Error writing file '/tmp/MLq' (Errcode: 28 \"No space left on device\") | make room",
        "1026 | Error writing file './shop/x' (errno: 28 - No space left on device) | make room",
        "1290 | The MySQL server is running with the --super-read-only option so it cannot execute"
            + " this statement | takes no writes",
        "1290 | The MariaDB server is running with the --read-only option | takes no writes",
        "1836 | Running in read-only mode | takes no writes",
        "1047 | WSREP has not yet prepared node for application use | run the same",
        "1213 | Deadlock found when trying to get lock | run the same",
        "1317 | Query execution was interrupted | run the same",
        "1969 | Query execution was interrupted (max_statement_time exceeded) | run the same",
        "3024 | maximum statement execution time exceeded | run the same",
        "9005 | Region is unavailable | run the same",
        "9003 | TiKV server is busy | run the same",
        "1206 | The total number of locks exceeds the lock table size | innodb_buffer_pool_size",
        "1203 | User ops already has more than 'max_user_connections' active connections"
            + " | --threads",
        "1226 | User 'ops' has exceeded the 'max_updates_per_hour' resource (current value: 9)"
            + " | the hour",
        "1598 | Binary logging not possible. Message: No space left on device | make room",
        "1105 | rpc error: code = Unavailable desc = connection closed | run the same",
        "1105 | other error: no leader | run the same",
        "1105 | tikv aborts txn: Error(Txn(Error(Mvcc(...)))) | run the same",
        "8022 | Error: KV error safe to retry | run the same",
      })
  void whatMayPassIsWorthAnotherTry(int code, String message, String hint) {
    assertThat(ErrorCodes.kind(code, message)).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(ErrorCodes.hint(code, message)).contains(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1064 | You have an error in your SQL syntax near '28 no'",
        "1290 | The MySQL server is running with the --skip-grant-tables option",
        "1290 | The MySQL server is running with the --secure-file-priv option",
        "1047 | Unknown command",
        "1030 | Got error 127 from storage engine",
        "1366 | Incorrect string value for column 'read_only' at row 28",
        "8004 | Transaction is too large",
        "1105 | UnknownType: *ast.MatchAgainst",
        "1105 | Unknown error",
      })
  void whatDoesNotPassIsNot(int code, String message) {
    assertThat(ErrorCodes.kind(code, message)).isEqualTo(ErrorKind.INTERNAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1197 | Multi-statement transaction required more than 'max_binlog_cache_size' bytes"
            + " | max_binlog_cache_size",
        "1598 | Binary logging not possible. Message: Transaction level 'READ-COMMITTED' in InnoDB"
            + " is not safe for binlog mode 'STATEMENT' | binlog_format=ROW",
        "1665 | Cannot execute statement: impossible to write to binary log since BINLOG_FORMAT ="
            + " STATEMENT | binlog_format=ROW",
        "1545 | Failed to open mysql.event | mariadb-upgrade",
      })
  void whatTheServerIsSetToIsToBeChanged(int code, String message, String hint) {
    assertThat(ErrorCodes.kind(code, message)).isEqualTo(ErrorKind.USAGE);
    assertThat(ErrorCodes.hint(code, message)).contains(hint);
  }

  @ParameterizedTest
  @CsvSource({"1045", "1142", "1227"})
  void whatSomebodyMustAllowIsUsage(int code) {
    assertThat(ErrorCodes.kind(code, "denied")).isEqualTo(ErrorKind.USAGE);
  }
}
