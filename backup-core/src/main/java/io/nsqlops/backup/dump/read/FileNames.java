package io.nsqlops.backup.dump.read;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.read.DumpFile.Form;
import io.nsqlops.backup.dump.read.DumpFile.Stage;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells by its name what a file of Dumpling or mydumper holds. */
final class FileNames {
  private static final Map<String, Stage> SUFFIXES = new LinkedHashMap<>();

  static {
    SUFFIXES.put("-schema-create.sql", Stage.DATABASE);
    SUFFIXES.put("-schema-sequence.sql", Stage.SEQUENCE);
    SUFFIXES.put("-schema-view.sql", Stage.VIEW);
    SUFFIXES.put("-schema-triggers.sql", Stage.TRIGGER);
    SUFFIXES.put("-schema-post.sql", Stage.PROGRAM);
    SUFFIXES.put("-schema-indexes.sql", Stage.AFTER_DATA);
    SUFFIXES.put("-schema-constraints.sql", Stage.AFTER_DATA);
    SUFFIXES.put("-schema.sql", Stage.TABLE);
  }

  /** A number behind the table's name; mydumper may write two. */
  private static final Pattern DATA =
      Pattern.compile("(?s)([^.]+)\\.(.+?)((?:\\.\\d+)*)\\.(sql|csv)");

  private FileNames() {}

  static OpsException unread(Path path) {
    return new OpsException(
        ErrorKind.USAGE,
        path.toString(),
        "the file " + path + " is compressed in a way that is not read here",
        "decompress it, or compress it with gzip or zstd");
  }

  /** Empty for files that hold nothing to load. */
  static Optional<DumpFile> of(Path path) {
    String name = String.valueOf(path.getFileName());
    Optional<Compression> compression = Compression.of(name);
    if (compression.isEmpty()) {
      throw unread(path);
    }
    String plain = name.substring(0, name.length() - compression.get().suffix().length());
    for (Map.Entry<String, Stage> suffix : SUFFIXES.entrySet()) {
      if (plain.endsWith(suffix.getKey())) {
        String rest = plain.substring(0, plain.length() - suffix.getKey().length());
        int dot = rest.indexOf('.');
        String database = dot < 0 ? rest : rest.substring(0, dot);
        String table = dot < 0 ? "" : rest.substring(dot + 1);
        return Optional.of(
            new DumpFile(path, suffix.getValue(), database, table, Form.SQL, compression.get()));
      }
    }
    Matcher data = DATA.matcher(plain);
    if (!data.matches() || plain.endsWith("-placement-policy-create.sql")) {
      return Optional.empty();
    }
    Form form = data.group(4).equals("csv") ? Form.CSV : Form.SQL;
    return Optional.of(
        new DumpFile(path, Stage.DATA, data.group(1), data.group(2), form, compression.get()));
  }
}
