package io.nsqlops.backup.engine;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Relation;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Restores into a {@link MemoryServer}; can be told to fail at its n-th load. */
public final class MemoryImporter implements SnapshotImporter {
  /** The account that restores. */
  public static final String OWN_ACCOUNT = "'me'@'%'";

  private final MemoryServer server;
  private final Map<TableName, Set<Integer>> ledger = new ConcurrentHashMap<>();
  private final Set<TableName> made = ConcurrentHashMap.newKeySet();
  private final Set<SchemaObject> madeObjects = ConcurrentHashMap.newKeySet();
  private final Map<SchemaObject, Supplier<@Nullable OpsException>> refusals = new HashMap<>();
  private final Map<TableName, ErrorKind> refusedTables = new ConcurrentHashMap<>();
  private final AtomicInteger loads = new AtomicInteger();
  private volatile int failingLoad;
  private volatile @Nullable String mark;

  public MemoryImporter(MemoryServer server) {
    this.server = server;
  }

  /** The n-th load from now on fails before anything of it has landed; 0 for none. */
  public void failAtLoad(int n) {
    loads.set(0);
    failingLoad = n;
  }

  /** A table's definition (PARTIAL), its rows (VERIFICATION_FAILED) are not taken, or are again. */
  public void refuse(TableName table, @Nullable ErrorKind kind) {
    if (kind == null) {
      refusedTables.remove(table);
    } else {
      refusedTables.put(table, kind);
    }
  }

  private void take(TableName table, ErrorKind refusal) {
    if (refusedTables.get(table) == refusal) {
      throw new OpsException(refusal, table.toString(), "not taken", "This is a test");
    }
  }

  /** Creating an object fails until another is there. */
  public MemoryImporter needs(SchemaObject object, ErrorKind failure, SchemaObject other) {
    OpsException e =
        new OpsException(failure, object.name(), "it needs " + other, "This is a test.");
    refusals.put(object, () -> server.objects.contains(other) ? null : e);
    return this;
  }

  /** Creating an object fails the first time. */
  public MemoryImporter failsOnce(SchemaObject object) {
    AtomicInteger tries = new AtomicInteger();
    OpsException e =
        new OpsException(ErrorKind.INTERNAL, object.name(), "not yet", "This is a test.");
    refusals.put(object, () -> tries.incrementAndGet() > 1 ? null : e);
    return this;
  }

  @Override
  public ServerInfo server() {
    return server.server();
  }

  @Override
  public Optional<String> unfinished() {
    return Optional.ofNullable(mark);
  }

  @Override
  public Map<TableName, Relation> existing() {
    Map<TableName, Relation> names = new TreeMap<>();
    server.tables.keySet().forEach(t -> names.put(t, Relation.TABLE));
    server.objects.stream()
        .filter(SchemaObject::isRelation)
        .forEach(o -> names.put(o.qualifiedName(), Relation.valueOf(o.kind().name())));
    return names;
  }

  @Override
  public List<SchemaObject> programs() {
    return server.objects.stream()
        .filter(o -> SchemaObject.Kind.PROGRAMS.contains(o.kind()))
        .toList();
  }

  @Override
  public Set<TableName> triggers() {
    Set<TableName> names = new TreeSet<>();
    server.objects.stream()
        .filter(o -> o.kind() == SchemaObject.Kind.TRIGGER)
        .forEach(o -> names.add(o.qualifiedName()));
    return names;
  }

  @Override
  public Set<TableName> made() {
    return new HashSet<>(made);
  }

  @Override
  public boolean made(SchemaObject object) {
    return madeObjects.stream().anyMatch(o -> isSame(o, object));
  }

  @Override
  public Set<String> accounts() {
    Set<String> names = new TreeSet<>();
    server.objects.stream()
        .filter(o -> o.kind() == SchemaObject.Kind.ACCOUNT)
        .forEach(o -> names.add(o.name()));
    return names;
  }

  @Override
  public Set<String> ownAccounts() {
    return Set.of(OWN_ACCOUNT);
  }

  @Override
  public Preflight preflight() {
    return new Preflight(List.of(), List.of());
  }

  @Override
  public Preflight preflight(Incoming incoming) {
    return new Preflight(List.of(), List.of());
  }

  @Override
  public Optional<String> unfit(Table table, TableName as) {
    return server.has(as) ? Optional.empty() : Optional.of(as + " does not exist");
  }

  @Override
  public boolean holdsRows(TableName name) {
    return !server.table(name).rows().isEmpty();
  }

  @Override
  public void adopt(TableName name) {
    server.tables.put(name, MemoryTable.of(server.table(name).table()));
    made.add(name);
  }

  @Override
  public void raiseNextId(Table table, TableName as) {}

  @Override
  public void begin(String restoreId) {
    if (mark != null && !mark.equals(restoreId)) {
      throw new OpsException(ErrorKind.LOCKED, "memory", "marked by " + mark, "This is a test.");
    }
    mark = restoreId;
  }

  @Override
  public void complete() {
    mark = null;
    ledger.clear();
    made.clear();
    madeObjects.clear();
  }

  @Override
  public void drop(TableName name) {
    server.tables.remove(name);
    ledger.remove(name);
    made.remove(name);
  }

  @Override
  public void drop(SchemaObject object) {
    server.objects.removeIf(o -> isSame(o, object));
  }

  @Override
  public void create(SchemaObject object) {
    boolean there = server.objects.stream().anyMatch(o -> isSame(o, object));
    if (object.kind() == SchemaObject.Kind.DATABASE) {
      if (!there) {
        server.objects.add(object);
      }
      return;
    }
    OpsException refused = refusals.getOrDefault(object, () -> null).get();
    if (refused != null) {
      throw refused;
    }
    if (there) {
      throw new OpsException(
          ErrorKind.INTERNAL, object.name(), object + " exists", "This is a test.");
    }
    madeObjects.add(object);
    server.objects.add(object);
  }

  @Override
  public void replace(SchemaObject account, Optional<SchemaObject> grants) {
    drop(account);
    create(account);
  }

  private static boolean isSame(SchemaObject a, SchemaObject b) {
    return a.kind() == b.kind() && a.database().equals(b.database()) && a.name().equals(b.name());
  }

  @Override
  public void createTable(Table table, TableName as) {
    take(as, ErrorKind.PARTIAL);
    made.add(as);
    server.tables.computeIfAbsent(
        as,
        n ->
            MemoryTable.of(
                new Table(
                    n, table.columns(), table.keyColumns(), table.splittable(), table.ddl())));
  }

  @Override
  public void resume(Map<TableName, Integer> chunks) {
    // its tables take back what was not finished
  }

  @Override
  public void finishTable(Table table, TableName as) {
    if (!server.tables.containsKey(as)) {
      throw new IllegalStateException("finished before it was made: " + as);
    }
  }

  @Override
  public void release(Table table, TableName as) {
    finishTable(table, as);
  }

  @Override
  public ChunkLoader loader() {
    return new Loader();
  }

  @Override
  public void close() {}

  private final class Loader implements ChunkLoader {
    @Override
    public Set<Integer> loaded(TableName as) {
      return Set.copyOf(ledger.getOrDefault(as, Set.of()));
    }

    @Override
    public void load(
        Table table, TableName as, List<Integer> chunks, byte[] text, int length, long rows) {
      if (loads.incrementAndGet() == failingLoad) {
        throw new OpsException(
            ErrorKind.TRANSIENT, as.toString(), "injected failure", "This is a test.");
      }
      take(as, ErrorKind.VERIFICATION_FAILED);
      String lines = new String(text, 0, length, StandardCharsets.UTF_8);
      if (lines.chars().filter(c -> c == '\n').count() != rows) {
        throw new IllegalStateException("not " + rows + " rows for " + as);
      }
      server.table(as).load(lines);
      if (!ledger.computeIfAbsent(as, n -> ConcurrentHashMap.newKeySet()).addAll(chunks)) {
        throw new IllegalStateException("chunks twice: " + chunks);
      }
    }

    @Override
    public void complete(Table table, TableName as, boolean created) {}

    @Override
    public void close() {}
  }
}
