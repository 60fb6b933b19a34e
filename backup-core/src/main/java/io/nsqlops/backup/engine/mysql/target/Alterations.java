package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RawText;
import java.util.ArrayList;
import java.util.List;

/** Statements that complete a table whose rows are there. */
public final class Alterations {
  private Alterations() {}

  /**
   * Runs each of them, whatever became of the others.
   *
   * @param what they make
   * @return what the target answered to those that it does not take
   */
  public static List<OpsException> refused(Session session, String what, List<RawText> statements) {
    List<OpsException> refused = new ArrayList<>();
    for (RawText statement : statements) {
      try {
        session.execute(statement.bytes());
      } catch (OpsException e) {
        OpsException told = MysqlErrors.whileMaking(ErrorKind.PARTIAL, what, e);
        if (told.kind() != ErrorKind.PARTIAL) {
          throw told;
        }
        refused.add(told);
      }
    }
    return refused;
  }

  /** Throws them as one, if there are any. */
  public static void requireNone(List<OpsException> refused) {
    if (!refused.isEmpty()) {
      throw MysqlErrors.together(ErrorKind.PARTIAL, refused.get(0).object(), refused);
    }
  }
}
