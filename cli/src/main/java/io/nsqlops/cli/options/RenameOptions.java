package io.nsqlops.cli.options;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What gets other names. */
public final class RenameOptions {
  // not a Map: of two for one name picocli would take the last without a word
  @Option(
      names = "--rename",
      paramLabel = "A=B",
      description = "Database A becomes B, or table A (db.table) becomes B. May be repeated.")
  private List<String> pairs = new ArrayList<>();

  /** New names by those in the backup; USAGE if a name is to become two. */
  public Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw usage(
            "--rename",
            "'" + pair + "' does not say what becomes what",
            "write --rename db=db2, or --rename db.table=db2.table2");
      }
      String from = pair.substring(0, equals);
      String to = pair.substring(equals + 1);
      String other = names.put(from, to);
      if (other != null && !other.equals(to)) {
        throw usage(
            "--rename " + pair,
            "%s is to become both %s and %s".formatted(from, other, to),
            "leave one of them out; to have both, restore twice");
      }
    }
    return names;
  }

  private static OpsException usage(String object, String message, String hint) {
    return new OpsException(ErrorKind.USAGE, object, message, hint);
  }
}
