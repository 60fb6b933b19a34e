package io.nsqlops.logs.parse.mariadb;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.EntrypointLine;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.errorlog.ErrorLog;
import io.nsqlops.logs.parse.mysql.MysqlErrorLog;
import java.time.ZoneId;

/**
 * {@code yyyy-MM-dd H:mm:ss <thread> [Label] message}: the hour is padded with a space and the time
 * is local. A crash is reported, and the script that starts the server writes, in the form of older
 * versions.
 */
public final class MariadbErrorLog implements LineFormat {
  private static final int DAY = 10;

  private final ErrorLog log;

  /**
   * @param zone of times that carry none
   * @param dating whether the day of a crash is found out that is reported without one, as MySQL
   *     does whose older versions cannot be told from MariaDB
   */
  public MariadbErrorLog(ZoneId zone, boolean dating) {
    log = new ErrorLog(zone, dating);
  }

  @Override
  public String name() {
    return "mariadb";
  }

  @Override
  public String dataset() {
    return "mariadb.error";
  }

  /** Only MySQL writes times in RFC 3339, into the same file after an upgrade. */
  @Override
  public String dataset(byte[] text, int from, int to) {
    boolean dated = to - from > DAY && text[from + 4] == '-' && text[from + DAY] == 'T';
    return dated && log.begins(false, text, from, to) ? MysqlErrorLog.DATASET : dataset();
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    return log.role(text, from, to);
  }

  @Override
  public boolean recognises(byte[] text, int from, int to) {
    return log.begins(true, text, from, to) || EntrypointLine.names(text, from, to, true);
  }

  @Override
  public boolean timesLackZone() {
    return true;
  }

  @Override
  public void written(long after, long by) {
    log.written(after, by);
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    log.parse(text, from, to, document);
  }
}
