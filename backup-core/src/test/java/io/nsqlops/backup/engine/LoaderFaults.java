package io.nsqlops.backup.engine;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Relation;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An importer to which something happens at its n-th load. */
public final class LoaderFaults implements SnapshotImporter {
  /** On which side of the load. */
  public enum When {
    BEFORE,
    AFTER
  }

  private final SnapshotImporter inner;
  private final int load;
  private final When when;
  private final Runnable fault;
  private final AtomicInteger loads = new AtomicInteger();

  /** Before or after the n-th load, counted from 1, {@code fault} runs. */
  public LoaderFaults(SnapshotImporter inner, int load, When when, Runnable fault) {
    this.inner = inner;
    this.load = load;
    this.when = when;
    this.fault = fault;
  }

  /** The n-th load fails before or after it was done. */
  public static LoaderFaults failing(SnapshotImporter inner, int load, When when) {
    return new LoaderFaults(
        inner,
        load,
        when,
        () -> {
          throw new OpsException(
              ErrorKind.TRANSIENT, "loader", "injected failure", "This is a test.");
        });
  }

  /** Whether it came to the n-th load. */
  public boolean happened() {
    return loads.get() >= load;
  }

  @Override
  public ChunkLoader loader() {
    ChunkLoader loader = inner.loader();
    return new ChunkLoader() {
      @Override
      public Set<Integer> loaded(TableName as) {
        return loader.loaded(as);
      }

      @Override
      public void load(
          Table table, TableName as, List<Integer> chunks, byte[] text, int length, long rows) {
        int number = loads.incrementAndGet();
        if (number == load && when == When.BEFORE) {
          fault.run();
        }
        loader.load(table, as, chunks, text, length, rows);
        if (number == load && when == When.AFTER) {
          fault.run();
        }
      }

      @Override
      public void complete(Table table, TableName as, boolean created) {
        loader.complete(table, as, created);
      }

      @Override
      public void close() {
        loader.close();
      }
    };
  }

  @Override
  public ServerInfo server() {
    return inner.server();
  }

  @Override
  public Optional<String> unfinished() {
    return inner.unfinished();
  }

  @Override
  public Map<TableName, Relation> existing() {
    return inner.existing();
  }

  @Override
  public List<SchemaObject> programs() {
    return inner.programs();
  }

  @Override
  public Set<TableName> triggers() {
    return inner.triggers();
  }

  @Override
  public Set<TableName> made() {
    return inner.made();
  }

  @Override
  public boolean made(SchemaObject object) {
    return inner.made(object);
  }

  @Override
  public Set<String> accounts() {
    return inner.accounts();
  }

  @Override
  public Set<String> ownAccounts() {
    return inner.ownAccounts();
  }

  @Override
  public Preflight preflight() {
    return inner.preflight();
  }

  @Override
  public Preflight preflight(Incoming incoming) {
    return inner.preflight(incoming);
  }

  @Override
  public Optional<String> unfit(Table table, TableName as) {
    return inner.unfit(table, as);
  }

  @Override
  public boolean holdsRows(TableName name) {
    return inner.holdsRows(name);
  }

  @Override
  public void adopt(TableName name) {
    inner.adopt(name);
  }

  @Override
  public void raiseNextId(Table table, TableName as) {
    inner.raiseNextId(table, as);
  }

  @Override
  public void begin(String restoreId) {
    inner.begin(restoreId);
  }

  @Override
  public void complete() {
    inner.complete();
  }

  @Override
  public void drop(TableName name) {
    inner.drop(name);
  }

  @Override
  public void drop(SchemaObject object) {
    inner.drop(object);
  }

  @Override
  public void create(SchemaObject object) {
    inner.create(object);
  }

  @Override
  public void replace(SchemaObject account, Optional<SchemaObject> grants) {
    inner.replace(account, grants);
  }

  @Override
  public void createTable(Table table, TableName as) {
    inner.createTable(table, as);
  }

  @Override
  public void resume(Map<TableName, Integer> chunks) {
    inner.resume(chunks);
  }

  @Override
  public void finishTable(Table table, TableName as) {
    inner.finishTable(table, as);
  }

  @Override
  public void release(Table table, TableName as) {
    inner.release(table, as);
  }

  @Override
  public void close() {
    inner.close();
  }
}
