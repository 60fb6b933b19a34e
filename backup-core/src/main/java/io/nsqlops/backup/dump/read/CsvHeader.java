package io.nsqlops.backup.dump.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The first record of a CSV file of Dumpling: the names of its columns. */
public final class CsvHeader {
  private CsvHeader() {}

  /** Reads up to the end of the header and no further. */
  public static List<String> read(InputStream in) throws IOException {
    List<String> names = new ArrayList<>();
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    boolean quoted = false;
    while (true) {
      int c = in.read();
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        name.write(unescaped(in.read()));
      } else if (c < 0 || (!quoted && (c == ',' || c == '\n'))) {
        names.add(name.toString(StandardCharsets.UTF_8));
        name.reset();
        if (c != ',') {
          return List.copyOf(names);
        }
      } else if (quoted || c != '\r') {
        name.write(c);
      }
    }
  }

  private static int unescaped(int c) {
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case '0' -> 0;
      default -> c;
    };
  }
}
