package io.nsqlops.backup.repository;

import java.util.regex.Pattern;

/** An argument as it has to be typed, for commands in hints. */
final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  private ShellWord() {}

  /** In single quotes, if a shell would take some of it for its own. */
  static String of(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
