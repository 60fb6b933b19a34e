package io.nsqlops.backup.engine.mysql.session;

import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Server errors in the user's terms. */
public final class MysqlErrors {
  private static final Set<Integer> RIGHTS = Set.of(1044, 1142, 1143, 1227, 1370, 1419, 3619);
  private static final Set<Integer> PASSING =
      Set.of(1040, 1053, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1927, 2006, 2013);

  /** Somebody, or a limit, ended the statement or the session. */
  private static final Set<Integer> ENDED = Set.of(1317, 1969, 3024);

  /** The server's disk or tablespace is full. */
  private static final Set<Integer> FULL = Set.of(1021, 1114);

  private static final int NO_SUCH_TABLE = 1146;

  /** What was there when it was listed has been dropped: a table, its database, a program. */
  private static final Set<Integer> GONE = Set.of(NO_SUCH_TABLE, 1049, 1305, 1360, 1539);

  /** Files of a table, its tablespace or what it refers to are lost, or its engine is. */
  private static final Set<Integer> DAMAGED =
      Set.of(
          1017, 1030, 1033, 1034, 1035, 1168, 1194, 1195, 1286, 1431, 1707, 1712, 1812, 1813, 1814,
          1877, 1932);

  private static final int TABLE_CHANGED = 1412;

  /** Their messages name accounts, plugins and rights, and repeat nothing else of a statement. */
  private static final Set<Integer> HARMLESS =
      Set.of(1044, 1133, 1142, 1227, 1290, 1372, 1396, 1524, 1819, 1827, 3523, 4006);

  /** What follows is rows or password hashes: no business of whoever reads a log. */
  private static final Pattern DATA = Pattern.compile("(?s) (VALUES|IDENTIFIED) .*");

  private MysqlErrors() {}

  static OpsException lost(String address, IOException e) {
    return new OpsException(
        ErrorKind.TRANSIENT,
        address,
        "lost the connection to " + address + ": " + e.getMessage(),
        "see the server's error log, then run the same command again",
        e);
  }

  /** An error the server answered a statement with. */
  public static OpsException refused(String address, int code, String message, String statement) {
    String shown = DATA.matcher(statement).replaceFirst(" …");
    shown = shown.length() > 200 ? shown.substring(0, 200) + "…" : shown;
    return new OpsException(
        kind(code),
        address,
        address + " answered error " + code + " (" + message + ") to: " + shown,
        hint(code),
        new SQLException(message, null, code));
  }

  /**
   * The same error, without the statement and without a message that may repeat some of it: it
   * holds a password's hash.
   *
   * @param what names the statement
   */
  public static OpsException withheld(String what, OpsException e) {
    if (!(e.getCause() instanceof SQLException cause)) {
      return e;
    }
    int code = cause.getErrorCode();
    String message = HARMLESS.contains(code) ? " (" + cause.getMessage() + ")" : "";
    OpsException told =
        new OpsException(
            e.kind(),
            e.object(),
            e.object() + " answered error " + code + message + " to " + what,
            e.hint(),
            new SQLException(message, null, code));
    // what could not be undone behind it
    Arrays.stream(e.getSuppressed()).forEach(told::addSuppressed);
    return told;
  }

  /**
   * The same error, met while reading something that was there when the snapshot was opened.
   *
   * @return TRANSIENT if a table is gone, UNREADABLE if the server cannot read what it has
   */
  public static OpsException whileReading(Object what, OpsException e) {
    if (GONE.contains(code(e))) {
      return new OpsException(
          ErrorKind.TRANSIENT,
          e.object(),
          String.valueOf(e.getMessage()),
          hint(NO_SUCH_TABLE),
          e.getCause());
    }
    boolean noSpace = String.valueOf(e.getMessage()).contains("error 28 ");
    if (!DAMAGED.contains(code(e)) || noSpace) {
      return e;
    }
    return new OpsException(
        ErrorKind.UNREADABLE,
        what.toString(),
        what + " cannot be read: " + e.getMessage(),
        "repair or drop it there, or leave it out with --exclude",
        e.getCause());
  }

  /**
   * The same error, met while making something that a backup holds.
   *
   * @param refused the kind of error if the server does not take the definition: whether a restore
   *     can do without it
   * @return one of that kind which names it, or the same
   */
  public static OpsException whileMaking(ErrorKind refused, Object what, OpsException e) {
    if (e.kind() != ErrorKind.INTERNAL || code(e) == 0) {
      return e;
    }
    return new OpsException(
        refused,
        what.toString(),
        "the target does not take the definition of " + what + ": " + e.getMessage(),
        "leave it out with --exclude, or restore into a server of the kind and version it comes from",
        e.getCause());
  }

  /**
   * What a server answered instead, if it refused what the action sent it; else what the action
   * returns. What is no answer is thrown, and so is what may pass.
   */
  public static Optional<String> orRefusal(Supplier<Optional<String>> action) {
    try {
      return action.get();
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.INTERNAL || code(e) == 0) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Several refusals as one, which says the first one's next step. */
  public static OpsException together(ErrorKind kind, String object, List<OpsException> refused) {
    OpsException first = refused.get(0);
    String all = refused.stream().map(OpsException::getMessage).collect(Collectors.joining("; "));
    return new OpsException(kind, object, all, first.hint(), first);
  }

  /** An error that came through JDBC. */
  public static OpsException of(String address, SQLException e) {
    if (e instanceof CommunicationsException || (e.getErrorCode() == 0 && isConnection(e))) {
      return new OpsException(
          ErrorKind.TRANSIENT,
          address,
          "cannot reach " + address + ": " + rootMessage(e),
          "check host, port and network, and that the server is up",
          e);
    }
    return new OpsException(
        kind(e.getErrorCode()),
        address,
        address + " answered error " + e.getErrorCode() + ": " + e.getMessage(),
        hint(e.getErrorCode()),
        e);
  }

  /** The server's number of an error that a session threw, 0 if it is none. */
  public static int code(OpsException e) {
    return e.getCause() instanceof SQLException sql ? sql.getErrorCode() : 0;
  }

  /** Whether the server refused for want of rights. */
  public static boolean isRights(OpsException e) {
    return RIGHTS.contains(code(e)) || code(e) == 1045;
  }

  private static boolean isConnection(SQLException e) {
    String state = e.getSQLState();
    return state != null && state.startsWith("08");
  }

  private static String rootMessage(SQLException e) {
    Throwable t = e;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    return String.valueOf(t.getMessage());
  }

  private static ErrorKind kind(int code) {
    if (code == 1045 || code == 1698 || RIGHTS.contains(code)) {
      return ErrorKind.USAGE;
    }
    boolean passing = PASSING.contains(code) || ENDED.contains(code) || FULL.contains(code);
    return passing || code == TABLE_CHANGED ? ErrorKind.TRANSIENT : ErrorKind.INTERNAL;
  }

  private static String hint(int code) {
    if (code == 1045 || code == 1698) {
      return "check the user in the URL and the password in NSQL_OPS_DB_PASSWORD or --password-file";
    }
    if (RIGHTS.contains(code)) {
      return "grant the user what the message names; `nsql-ops doctor` lists all rights needed";
    }
    if (code == TABLE_CHANGED || code == NO_SUCH_TABLE) {
      return "a table was altered or dropped during the backup: run it again";
    }
    if (FULL.contains(code)) {
      return "make room on the server, then run the same command again";
    }
    if (PASSING.contains(code) || ENDED.contains(code)) {
      return "run the same command again";
    }
    return "look the error number up in the server's manual; -v shows where it came from";
  }

  /**
   * Takes back what was begun before a failure, unless the server is gone. That this fails too is
   * worth less than why it was tried.
   */
  public static void undo(OpsException failure, Runnable undoing) {
    if (failure.kind() == ErrorKind.TRANSIENT) {
      return;
    }
    try {
      undoing.run();
    } catch (OpsException second) {
      failure.addSuppressed(second);
    }
  }
}
