package io.nsqlops.logs.parse;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the entry point of the container images prints before the server's own lines, the same for
 * MySQL and MariaDB: {@code yyyy-MM-dd HH:mm:ss±hh:mm [Label] [Entrypoint]: message}.
 */
public final class EntrypointLine {
  private static final int LABEL = 26;
  private static final byte[] MARK = Ascii.bytes("] [Entrypoint]:");
  private static final byte[] FIRST = Ascii.bytes("Entrypoint script for ");

  private EntrypointLine() {}

  /** Whether a line is one. */
  public static boolean is(byte[] s, int from, int to) {
    return labelEnd(s, from, to) > 0;
  }

  private static int labelEnd(byte[] s, int from, int to) {
    boolean shaped =
        to - from > LABEL
            && s[from + 10] == ' '
            && s[from + LABEL - 1] == ' '
            && s[from + LABEL] == '['
            && Instants.rfc3339(s, from, from + LABEL - 1) != Instants.NONE;
    int end = shaped ? Ascii.indexOf(s, from + LABEL, to, ']') : -1;
    return end > 0 && Ascii.startsWith(s, end, to, MARK) ? end : -1;
  }

  /** Whether it tells which server the image is of: one line does. */
  public static boolean names(byte[] s, int from, int to, boolean mariadb) {
    int end = labelEnd(s, from, to);
    int told = end < 0 ? -1 : Ascii.indexOf(s, end, to, FIRST);
    if (told < 0) {
      return false;
    }
    // MariaDB's images said "MySQL Server 1:10.3.26+maria~focal" for years.
    String server = new String(s, told, to - told, StandardCharsets.ISO_8859_1);
    return server.toLowerCase(Locale.ROOT).contains("maria") == mariadb;
  }

  /** Writes the fields of a line that is one. */
  public static void parse(byte[] s, int from, int to, EcsDocument document) {
    long time = Instants.rfc3339(s, from, from + LABEL - 1);
    int end = labelEnd(s, from, to);
    document.timestamp(Instants.second(time), Instants.nanos(time));
    document.level(ServerLabel.level(s, from + LABEL + 1, end));
    document.text(EcsField.MESSAGE, s, end + 2, to);
  }
}
