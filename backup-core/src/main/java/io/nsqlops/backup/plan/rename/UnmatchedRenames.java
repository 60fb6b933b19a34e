package io.nsqlops.backup.plan.rename;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names that are to change and that nothing restored has. */
public final class UnmatchedRenames {
  private final Map<String, String> names;
  private final Set<String> databases = new HashSet<>();
  private final Set<String> tables = new HashSet<>();

  /** What goes with its database only, by its name. */
  private final Map<String, Kind> others = new HashMap<>();

  public UnmatchedRenames(Renames renames) {
    names = new TreeMap<>(renames.names());
  }

  /** A table or view of this name is restored. */
  public void restored(TableName name) {
    databases.add(name.database());
    tables.add(name.toString());
  }

  /** This object is restored. */
  public void restored(SchemaObject object) {
    TableName name = new TableName(object.database(), object.name());
    if (object.kind() == Kind.VIEW) {
      restored(name);
      return;
    }
    databases.add(object.database());
    others.put(name.toString(), object.kind());
  }

  /**
   * Under a misspelt name what was to go elsewhere would replace what it comes from.
   *
   * @throws OpsException of kind USAGE that names the first name nothing has
   */
  public void require(String backupId) {
    names.forEach(
        (from, to) -> {
          if (!databases.contains(from) && !tables.contains(from)) {
            throw unmatched(backupId, from, to);
          }
        });
  }

  /** Renames that match, and may be meant otherwise. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    names.forEach(
        (from, to) -> {
          if (!tables.contains(from) && to.indexOf('.') >= 0) {
            warnings.add(
                "%s is a database: what is in it goes to a database named `%s`"
                    .formatted(from, to));
          }
        });
    return warnings;
  }

  private OpsException unmatched(String backupId, String from, String to) {
    @Nullable Kind other = others.get(from);
    return new OpsException(
        ErrorKind.USAGE,
        "--rename " + from + "=" + to,
        other == null
            ? "nothing that is restored of backup %s is named %s".formatted(backupId, from)
            : "%s is a %s, which is renamed with its database only".formatted(from, other.text()),
        hint(from, to, other));
  }

  private String hint(String from, String to, @Nullable Kind other) {
    int dot = from.indexOf('.');
    String database = dot < 0 ? from : from.substring(0, dot);
    for (Map.Entry<String, String> rename : names.entrySet()) {
      String old = rename.getKey() + from.substring(database.length());
      if (dot > 0 && rename.getValue().equals(database) && tables.contains(old)) {
        return "in front of the = stands the name as it is in the backup: --rename "
            + old
            + "="
            + to;
      }
    }
    return other == null
        ? "names are those in the backup, in the same letters and without quotes: see"
            + " `nsql-ops show`, --include and --exclude"
        : "leave this --rename out, or rename the database: --rename " + database + "=OTHER";
  }
}
