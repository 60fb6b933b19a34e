package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One moment of a server, read by several sessions at once. */
public interface Snapshot extends AutoCloseable {

  SnapshotPoint point();

  /** All base tables of user databases, as of this snapshot where the server can tell. */
  List<TableEstimate> tables();

  /** Databases, sequences, views, routines, triggers, events. */
  default List<SchemaObject> objects() {
    return objects(any -> true);
  }

  /** All of them, without statements: no definition is read. */
  default List<SchemaObject> objectNames() {
    List<SchemaObject> names = new ArrayList<>();
    objects(
        named -> {
          names.add(named);
          return false;
        });
    return names;
  }

  /**
   * Those of them that are wanted.
   *
   * @param wanted is asked of each before its definition is read: without statements
   */
  List<SchemaObject> objects(Predicate<SchemaObject> wanted);

  /** Users and roles with what they may do; as they are now, where the server cannot go back. */
  Accounts accounts();

  /** A session for one thread, to be closed by it. At most as many at once as were asked for. */
  TableReader reader();

  /** How the moment was caught, where that is worth knowing. */
  default List<String> warnings() {
    return List.of();
  }

  /** What may be in these databases and is not seen for want of a right, one line each. */
  default List<String> blindSpots(Predicate<String> databases) {
    return List.of();
  }

  /**
   * What of a table's definition the server may not have printed as it is, so that a restore makes
   * another: one line each.
   */
  default List<String> doubts(Table table) {
    return List.of();
  }

  /**
   * The restore that is unfinished in the server, by the id given to {@link
   * SnapshotImporter#begin}: what it restores may be there in part. Empty also if this account may
   * not see it.
   */
  default Optional<String> unfinishedRestore() {
    return Optional.empty();
  }

  /**
   * Proves at the end that the moment was held throughout.
   *
   * @throws io.nsqlops.backup.error.OpsException if the server may have dropped history meanwhile
   */
  void proveHeld();

  @Override
  void close();
}
