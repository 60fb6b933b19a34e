package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.SchemaObject;
import java.util.List;

/**
 * The users and roles of a server.
 *
 * @param objects accounts, and the grants of each
 * @param warnings why some or all are missing
 */
public record Accounts(List<SchemaObject> objects, List<String> warnings) {
  public static final Accounts NONE = new Accounts(List.of(), List.of());

  public Accounts {
    objects = List.copyOf(objects);
    warnings = List.copyOf(warnings);
  }

  /** None could be read; a backup goes on without them. */
  public static Accounts missing(String why) {
    return new Accounts(List.of(), List.of("accounts are not in the backup: " + why));
  }
}
