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

/** Takes whatever is restored and keeps none of it, so that memory is that of the restore alone. */
public final class ForgetfulImporter implements SnapshotImporter {
  private static final Preflight READY = new Preflight(List.of(), List.of());

  private final ServerInfo server;

  public ForgetfulImporter(ServerInfo server) {
    this.server = server;
  }

  @Override
  public ServerInfo server() {
    return server;
  }

  @Override
  public Optional<String> unfinished() {
    return Optional.empty();
  }

  @Override
  public Map<TableName, Relation> existing() {
    return Map.of();
  }

  @Override
  public List<SchemaObject> programs() {
    return List.of();
  }

  @Override
  public Set<TableName> triggers() {
    return Set.of();
  }

  @Override
  public Set<TableName> made() {
    return Set.of();
  }

  @Override
  public boolean made(SchemaObject object) {
    return false;
  }

  @Override
  public Set<String> accounts() {
    return Set.of();
  }

  @Override
  public Set<String> ownAccounts() {
    return Set.of();
  }

  @Override
  public Preflight preflight() {
    return READY;
  }

  @Override
  public Preflight preflight(Incoming incoming) {
    return READY;
  }

  @Override
  public Optional<String> unfit(Table table, TableName as) {
    return Optional.empty();
  }

  @Override
  public boolean holdsRows(TableName name) {
    return false;
  }

  @Override
  public void adopt(TableName name) {}

  @Override
  public void raiseNextId(Table table, TableName as) {}

  @Override
  public void begin(String restoreId) {}

  @Override
  public void complete() {}

  @Override
  public void drop(TableName name) {}

  @Override
  public void drop(SchemaObject object) {}

  @Override
  public void create(SchemaObject object) {}

  @Override
  public void replace(SchemaObject account, Optional<SchemaObject> grants) {}

  @Override
  public void createTable(Table table, TableName as) {}

  @Override
  public void resume(Map<TableName, Integer> chunks) {}

  @Override
  public void finishTable(Table table, TableName as) {}

  @Override
  public void release(Table table, TableName as) {}

  @Override
  public ChunkLoader loader() {
    return new ChunkLoader() {
      @Override
      public Set<Integer> loaded(TableName as) {
        return Set.of();
      }

      @Override
      public void load(
          Table table, TableName as, List<Integer> chunks, byte[] text, int length, long rows) {}

      @Override
      public void complete(Table table, TableName as, boolean created) {}

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
