package io.nsqlops.backup.flow;

import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Creates what comes after the rows. Views need each other and their definers' rights, rights need
 * views: what fails is tried again while anything succeeds.
 */
final class ObjectCreation {
  private final SnapshotImporter importer;
  private final Set<String> replacedAccounts;
  private final Map<SchemaObject, OpsException> failures = new LinkedHashMap<>();

  private final Map<String, SchemaObject> grants = new HashMap<>();

  private final Set<SchemaObject> partly = new HashSet<>();
  private boolean progressed;
  private long accounts;

  /**
   * For one restore.
   *
   * @param grants rights that accounts are to have, which come last
   * @param replacedAccounts names of accounts that take the place of one in the target
   */
  ObjectCreation(
      SnapshotImporter importer, List<SchemaObject> grants, Set<String> replacedAccounts) {
    this.importer = importer;
    grants.forEach(o -> this.grants.put(o.name(), o));
    this.replacedAccounts = replacedAccounts;
  }

  /** Creates what it can, of what failed before too. */
  void create(List<SchemaObject> objects) {
    List<SchemaObject> waiting = new ArrayList<>(failures.keySet());
    waiting.addAll(objects);
    do {
      progressed = false;
      failures.clear();
      waiting.removeIf(this::created);
    } while (progressed && !waiting.isEmpty());
  }

  private boolean created(SchemaObject object) {
    try {
      if (object.kind() == Kind.ACCOUNT && replacedAccounts.contains(object.name())) {
        importer.replace(object, Optional.ofNullable(grants.get(object.name())));
      } else {
        importer.create(object);
      }
    } catch (OpsException e) {
      if (e.kind() == ErrorKind.TRANSIENT) {
        throw e;
      }
      failures.put(object, e);
      progressed |= e.kind() == ErrorKind.PARTIAL && partly.add(object);
      return false;
    }
    accounts += object.kind() == Kind.ACCOUNT ? 1 : 0;
    progressed = true;
    return true;
  }

  /** How many accounts were made. */
  long accounts() {
    return accounts;
  }

  /** What could not be created, and why. */
  List<String> failures() {
    List<String> lines = new ArrayList<>();
    failures.forEach(
        (object, e) -> {
          if (!isWithoutAccount(object) && e.kind() != ErrorKind.PARTIAL) {
            lines.add("could not create " + object + ": " + e.getMessage());
          }
        });
    return List.copyOf(lines);
  }

  /** Rights that wait for what is not there. */
  List<String> idle() {
    List<String> lines = new ArrayList<>();
    failures.forEach(
        (object, e) -> {
          if (e.kind() == ErrorKind.PARTIAL) {
            lines.add("left out of the " + object + ": " + e.getMessage());
          }
        });
    return List.copyOf(lines);
  }

  /** One line for an account is enough. */
  private boolean isWithoutAccount(SchemaObject object) {
    return object.kind() == Kind.GRANTS
        && failures.keySet().stream()
            .anyMatch(o -> o.kind() == Kind.ACCOUNT && o.name().equals(object.name()));
  }
}
