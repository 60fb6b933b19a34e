package io.nsqlops.logs.parse;

import io.nsqlops.logs.model.Severity;

/** The labels of MySQL and MariaDB: Error, Warning, Note or System, in any letters. */
public final class ServerLabel {
  private ServerLabel() {}

  /** The level a label stands for. */
  public static Severity level(byte[] s, int from, int to) {
    if (from >= to) {
      return Severity.INFO;
    }
    return switch (s[from]) {
      case 'E', 'e' -> Severity.ERROR;
      case 'W', 'w' -> Severity.WARN;
      default -> Severity.INFO;
    };
  }
}
