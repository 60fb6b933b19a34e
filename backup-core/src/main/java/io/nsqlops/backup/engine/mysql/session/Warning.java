package io.nsqlops.backup.engine.mysql.session;

/**
 * What SHOW WARNINGS prints.
 *
 * @param level {@code Note}, {@code Warning} or {@code Error}
 */
public record Warning(String level, int code, String message) {
  @Override
  public String toString() {
    return code + " " + message;
  }
}
