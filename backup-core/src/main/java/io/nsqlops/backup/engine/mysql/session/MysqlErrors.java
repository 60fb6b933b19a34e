package io.nsqlops.backup.engine.mysql.session;

import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import io.nsqlops.backup.error.CertificateDates;
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
        ErrorCodes.kind(code, message),
        address,
        address + " answered error " + code + " (" + message + ") to: " + shown,
        ErrorCodes.hint(code, message),
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
    if (ErrorCodes.isGone(code(e))) {
      return new OpsException(
          ErrorKind.TRANSIENT,
          e.object(),
          String.valueOf(e.getMessage()),
          ErrorCodes.hint(ErrorCodes.NO_SUCH_TABLE, ""),
          e.getCause());
    }
    return orUnreadable(what, e);
  }

  /** The same error, or UNREADABLE if the server cannot read what it has. */
  public static OpsException orUnreadable(Object what, OpsException e) {
    if (!ErrorCodes.isDamage(code(e)) || e.kind() == ErrorKind.TRANSIENT) {
      return e;
    }
    return new OpsException(
        ErrorKind.UNREADABLE,
        what.toString(),
        what + " cannot be read: " + e.getMessage(),
        "repair or drop it there; a backup leaves it out with --exclude",
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
    Optional<String> dates = CertificateDates.problem(e);
    if (dates.isPresent()) {
      return new OpsException(
          ErrorKind.USAGE, address, address + " " + dates.get(), CertificateDates.HINT, e);
    }
    if (e instanceof CommunicationsException || (e.getErrorCode() == 0 && isConnection(e))) {
      return new OpsException(
          ErrorKind.TRANSIENT,
          address,
          "cannot reach " + address + ": " + rootMessage(e),
          "check host, port and network, and that the server is up",
          e);
    }
    return new OpsException(
        ErrorCodes.kind(e.getErrorCode(), String.valueOf(e.getMessage())),
        address,
        address + " answered error " + e.getErrorCode() + ": " + e.getMessage(),
        ErrorCodes.hint(e.getErrorCode(), String.valueOf(e.getMessage())),
        e);
  }

  /** The server's number of an error that a session threw, 0 if it is none. */
  public static int code(OpsException e) {
    return e.getCause() instanceof SQLException sql ? sql.getErrorCode() : 0;
  }

  /** Whether the server refused for want of rights. */
  public static boolean isRights(OpsException e) {
    return ErrorCodes.isDenied(code(e));
  }

  /** Whether a table was made, altered or dropped after the moment a session looks at. */
  public static boolean isOfAnotherMoment(OpsException e) {
    return ErrorCodes.isOfAnotherMoment(code(e));
  }

  /** Whether the server took a transaction back, and the same one may do at once. */
  public static boolean isConflict(OpsException e) {
    return ErrorCodes.isConflict(code(e));
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
