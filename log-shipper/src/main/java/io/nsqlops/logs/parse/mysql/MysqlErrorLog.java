package io.nsqlops.logs.parse.mysql;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.EntrypointLine;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.errorlog.ErrorLog;
import java.time.ZoneId;

/**
 * {@code <RFC 3339 time> <thread> [Label] [MY-NNNNNN] [Subsystem] message}, where versions before 8
 * print neither code nor subsystem; the forms of older versions; and JSON.
 *
 * <p>What is of an older form is understood where the format is known, and recognised where the
 * server tells its version, or warns as MySQL alone does: MariaDB writes the same form.
 */
public final class MysqlErrorLog implements LineFormat {
  /** The dataset. */
  public static final String DATASET = "mysql.error";

  private static final byte[] SERVER = Ascii.bytes("(mysqld 5.");
  private static final byte[] STARTING = Ascii.bytes(") starting as process ");
  private static final byte[] MARIADB = Ascii.bytes("MariaDB");
  private static final byte[] IMPLICIT = Ascii.bytes("TIMESTAMP with implicit DEFAULT value");

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
        || isOfOldServer(text, from, to)
        || EntrypointLine.names(text, from, to, false);
  }

  /** Whether a line in a form that MariaDB writes, too, tells that the server is not MariaDB. */
  private boolean isOfOldServer(byte[] text, int from, int to) {
    if (!log.begins(true, text, from, to)) {
      return false;
    }
    int server = Ascii.indexOf(text, from, to, SERVER);
    if (server < 0) {
      return Ascii.indexOf(text, from, to, IMPLICIT) > 0;
    }
    int end = Ascii.indexOf(text, server, to, STARTING);
    return end > 0 && Ascii.indexOf(text, server, end, MARIADB) < 0;
  }

  /**
   * The script that starts the server goes on to write an old form. Behind it, MariaDB writes no
   * new one, nor one that tells of MySQL.
   */
  @Override
  public boolean claims(byte[] event, int size, byte[] text, int from, int to) {
    return log.begins(true, event, 0, size)
        && (log.begins(false, text, from, to) || isOfOldServer(text, from, to));
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
