package io.nsqlops.demo;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.ArrayList;
import java.util.List;

/** What the demonstration claims must be so; where it is not, it fails and says so. */
final class Checks {
  private static final int SHOWN = 5;

  private Checks() {}

  static OpsException failed(String object, String message) {
    return new OpsException(
        ErrorKind.INTERNAL,
        object,
        "the demonstration failed: " + object + " " + message,
        "what was printed above tells where; this should not happen, please report it");
  }

  /** Two numbers must be equal. */
  static void equal(String object, long wanted, long found) {
    if (wanted != found) {
      throw failed(object, "came to " + found + ", expected were " + wanted);
    }
  }

  /** What must be so. */
  static void holds(boolean condition, String object, String otherwise) {
    if (!condition) {
      throw failed(object, otherwise);
    }
  }

  /** Two lists must be equal; lines that are in only one of them are named. */
  static void equal(String object, List<String> wanted, List<String> found) {
    if (wanted.equals(found)) {
      return;
    }
    List<String> missing = new ArrayList<>(wanted);
    missing.removeAll(found);
    List<String> extra = new ArrayList<>(found);
    extra.removeAll(wanted);
    throw failed(object, "differs; missing: " + first(missing) + "; instead: " + first(extra));
  }

  private static List<String> first(List<String> lines) {
    return lines.subList(0, Math.min(SHOWN, lines.size()));
  }
}
