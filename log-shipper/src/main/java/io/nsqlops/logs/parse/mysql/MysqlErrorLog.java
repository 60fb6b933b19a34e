package io.nsqlops.logs.parse.mysql;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.EntrypointLine;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.errorlog.ErrorLog;
import java.time.ZoneId;

/**
 * {@code <RFC 3339 time> <thread> [Label] [MY-NNNNNN] [Subsystem] message}, where versions before 8
 * print neither code nor subsystem; the forms of older versions; and JSON.
 *
 * <p>What is of an older form is not recognised, but understood where the format is known: MariaDB
 * writes the same.
 */
public final class MysqlErrorLog implements LineFormat {
  /** The dataset. */
  public static final String DATASET = "mysql.error";

  private final ErrorLog log;

  /**
   * @param zone of times that carry none
   * @param dating whether the day of a crash is found out that is reported without one
   */
  public MysqlErrorLog(ZoneId zone, boolean dating) {
    log = new ErrorLog(zone, dating);
  }

  @Override
  public String name() {
    return "mysql";
  }

  @Override
  public String dataset() {
    return DATASET;
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    return MysqlJson.recognises(text, from, to) ? LineRole.ALONE : log.role(text, from, to);
  }

  @Override
  public boolean recognises(byte[] text, int from, int to) {
    return MysqlJson.recognises(text, from, to)
        || log.begins(false, text, from, to)
        || EntrypointLine.names(text, from, to, false);
  }

  /** The script that starts the server goes on to write an old form; MariaDB writes no new one. */
  @Override
  public boolean claims(byte[] event, int size, byte[] text, int from, int to) {
    return log.begins(true, event, 0, size) && log.begins(false, text, from, to);
  }

  @Override
  public void written(long after, long by) {
    log.written(after, by);
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    if (MysqlJson.recognises(text, from, to)) {
      MysqlJson.parse(text, from, to, document);
    } else {
      log.parse(text, from, to, document);
    }
  }
}
