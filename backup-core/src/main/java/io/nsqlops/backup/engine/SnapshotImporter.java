package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.Relation;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server that a backup is restored into. Failures as in {@link SnapshotExporter}. */
public interface SnapshotImporter extends AutoCloseable {

  ServerInfo server();

  /** The restore that is unfinished in this server, by the id given to {@link #begin}. */
  Optional<String> unfinished();

  /** The tables, views and sequences that exist now, of all user databases. */
  Map<TableName, Relation> existing();

  /** The routines and events that exist now: what and where, without statements. */
  List<SchemaObject> programs();

  /** The triggers that exist now, by database and their own name. */
  Set<TableName> triggers();

  /** Tables the unfinished restore has begun to make: what is in them, it put there. */
  Set<TableName> made();

  /** Whether the unfinished restore has begun to make this. */
  boolean made(SchemaObject object);

  /** The accounts and roles that exist now, by the names they have in a backup. */
  Set<String> accounts();

  /**
   * The account this restore works as, and its roles: whoever replaces one of them may lock himself
   * out.
   */
  Set<String> ownAccounts();

  /** Whether a restore would succeed here. Writes nothing. */
  Preflight preflight();

  /** Whether the server can take this, and what becomes otherwise in it. Writes nothing. */
  Preflight preflight(Incoming incoming);

  /** Why rows cannot go into the table that is there; empty if they can. Writes nothing. */
  Optional<String> unfit(Table table, TableName as);

  boolean holdsRows(TableName name);

  /**
   * Empties a table that is there and notes it as made: what is in it from now on, we put there.
   */
  void adopt(TableName name);

  /** Sets the next automatic id of a table that was adopted, if its definition has a higher one. */
  void raiseNextId(Table table, TableName as);

  /**
   * Marks the target as being restored into and makes room for the ledger of loaded chunks.
   * Idempotent for the same restore.
   *
   * @param restoreId names backup, selection and renames
   * @throws io.nsqlops.backup.error.OpsException LOCKED if the mark of another restore is there
   */
  void begin(String restoreId);

  /** Takes the mark and the ledger away: the restore is complete. */
  void complete();

  /** Drops a table or view, if it is there. */
  void drop(TableName name);

  /** Drops what is not a table, if it is there. */
  void drop(SchemaObject object);

  /**
   * Creates what is not a table, and notes it as made; replaces nothing. Grants are given only to
   * accounts that this restore made.
   *
   * @throws io.nsqlops.backup.error.OpsException PARTIAL if some grants are on what is not there,
   *     and all others are given
   */
  void create(SchemaObject object);

  /**
   * Creates an account in the place of one of the same name, and notes it as made. If that fails,
   * or if whoever restores may not give the rights it is to have, the old one stays or is there
   * again.
   *
   * @param grants the rights it is to have; given later
   */
  void replace(SchemaObject account, Optional<SchemaObject> grants);

  /**
   * Gives an account that this restore had made before it was interrupted, and that stays, to those
   * who had it as a role. Does nothing where it has been given.
   */
  default void rejoin(SchemaObject account) {}

  /**
   * Creates a table empty, with all off that {@link #release} switches on, without the indexes and
   * foreign keys that are cheaper to add after the rows, and notes it as made. Idempotent: a table
   * that is there is left as it is, and one that is not has no chunks that have landed.
   *
   * @throws io.nsqlops.backup.error.OpsException PARTIAL if the target does not take its
   *     definition: nothing is made or noted then
   */
  void createTable(Table table, TableName as);

  /**
   * Empties those tables whose rows an interrupted restore left in part, if their storage engine
   * cannot take back a load that was not finished: nobody knows which of the rows are there. What
   * has landed of them is to be loaded again.
   *
   * @param chunks how many each of the tables has when it is whole
   */
  void resume(Map<TableName, Integer> chunks);

  /**
   * Adds foreign keys: needs all tables. Idempotent.
   *
   * @throws io.nsqlops.backup.error.OpsException PARTIAL if the target takes some of them not
   */
  void finishTable(Table table, TableName as);

  /**
   * Switches on what makes the server change rows by itself, such as their time to live, which was
   * left off for as long as they were to be verified. Idempotent.
   */
  void release(Table table, TableName as);

  /** A session for one thread, to be closed by it. */
  ChunkLoader loader();

  @Override
  void close();
}
