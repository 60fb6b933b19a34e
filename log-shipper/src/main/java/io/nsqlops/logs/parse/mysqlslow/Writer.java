package io.nsqlops.logs.parse.mysqlslow;

/** Who writes a file, as its name tells: TiDB's entries may begin as those of MySQL do. */
public enum Writer {
  /** MySQL, MariaDB or Percona Server. */
  MYSQL,
  TIDB,
  UNKNOWN
}
