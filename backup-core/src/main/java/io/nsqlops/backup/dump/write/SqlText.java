package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.RawText;
import java.nio.charset.StandardCharsets;

/** Pieces of SQL in the scripts of an export. */
final class SqlText {
  private SqlText() {}

  /** A quoted name. */
  static String name(String name) {
    return QuotedName.of(name);
  }

  /** A quoted string, where backslashes escape. */
  static String string(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
  }

  /** The definition of a table under a name of its own. */
  static RawText createTable(RawText ddl, String name) {
    String text = ddl.latin1();
    int open = text.indexOf('`');
    if (open < 0) {
      return ddl;
    }
    int close = QuotedText.end(text, open);
    String quoted =
        new String(name(name).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return RawText.ofLatin1(text.substring(0, open) + quoted + text.substring(close));
  }
}
