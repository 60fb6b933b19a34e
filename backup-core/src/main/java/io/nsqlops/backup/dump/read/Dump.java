package io.nsqlops.backup.dump.read;

import java.nio.file.Path;
import java.util.List;

/**
 * A dump of another tool.
 *
 * @param path the directory or the script
 * @param files in the order of their names; empty for a script
 * @param rows how many it says to hold, of the tables of which it says so
 * @param database the one a script is of, if it names one in its head; else empty
 * @param utf8 whether its texts are UTF-8 although its files say that they are bytes: Dumpling
 *     reads as UTF-8, and writes what is not text in hexadecimal digits
 * @param warnings what of it is passed over
 */
public record Dump(
    Path path,
    DumpOrigin origin,
    List<DumpFile> files,
    List<ToldRows> rows,
    String database,
    boolean utf8,
    List<String> warnings) {
  public Dump {
    files = List.copyOf(files);
    rows = List.copyOf(rows);
    warnings = List.copyOf(warnings);
  }

  /** Whether no file of it is of that table. */
  public boolean holdsNothingOf(ToldRows told) {
    return files.stream()
        .noneMatch(f -> f.database().equals(told.database()) && f.table().equals(told.file()));
  }

  /** One file of everything, as opposed to a directory. */
  public boolean isScript() {
    return files.isEmpty();
  }
}
