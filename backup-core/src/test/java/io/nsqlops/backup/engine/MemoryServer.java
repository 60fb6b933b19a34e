package io.nsqlops.backup.engine;

import io.nsqlops.backup.codec.CanonicalText;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A server in memory, for flows whose faults a real server cannot show. */
public final class MemoryServer implements SnapshotExporter {
  /** Tables claim to be this large, so that they are read in several ranges. */
  private static final long CLAIMED_BYTES = 1L << 32;

  final Map<TableName, MemoryTable> tables = new ConcurrentSkipListMap<>();
  final List<SchemaObject> objects = new CopyOnWriteArrayList<>();
  private volatile int hidden;
  private volatile Optional<String> unfinishedRestore = Optional.empty();
  private volatile List<RawText> splitKeys = List.of();

  public MemoryServer add(MemoryTable table) {
    tables.put(table.table().name(), table);
    return this;
  }

  public MemoryServer add(SchemaObject object) {
    objects.add(object);
    return this;
  }

  public MemoryTable table(TableName name) {
    MemoryTable table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException("no table " + name);
    }
    return table;
  }

  public void clear() {
    tables.clear();
    objects.clear();
  }

  public boolean has(TableName name) {
    return tables.containsKey(name);
  }

  public List<SchemaObject> objects() {
    return List.copyOf(objects);
  }

  /** What the server answers when it is asked where to split a table. */
  public void splitAt(List<Long> keys) {
    splitKeys = keys.stream().sorted().map(k -> RawText.ofUtf8(k.toString())).toList();
  }

  /** It is marked by a restore. */
  public MemoryServer marked(String restoreId) {
    unfinishedRestore = Optional.of(restoreId);
    return this;
  }

  /** Counts so many rows that no range holds. */
  public void hide(int rows) {
    hidden = rows;
  }

  @Override
  public ServerInfo server() {
    return new ServerInfo("memory", "1", "memory:1");
  }

  @Override
  public Snapshot open(int readers) {
    return new View();
  }

  @Override
  public Snapshot openUnlocked(int readers) {
    return new View();
  }

  @Override
  public void close() {}

  private final class View implements Snapshot {
    @Override
    public SnapshotPoint point() {
      return new SnapshotPoint("memory", Instant.EPOCH);
    }

    @Override
    public List<TableEstimate> tables() {
      return tables.keySet().stream().map(n -> new TableEstimate(n, CLAIMED_BYTES)).toList();
    }

    @Override
    public List<SchemaObject> objects(Predicate<SchemaObject> wanted) {
      return objects.stream()
          .filter(o -> !isAccount(o) && wanted.test(o.saying(List.of())))
          .toList();
    }

    @Override
    public Accounts accounts() {
      return new Accounts(objects.stream().filter(o -> isAccount(o)).toList(), List.of());
    }

    @Override
    public TableReader reader() {
      return new Reader();
    }

    @Override
    public Optional<String> unfinishedRestore() {
      return unfinishedRestore;
    }

    @Override
    public void proveHeld() {}

    @Override
    public void close() {}
  }

  private final class Reader implements TableReader {
    @Override
    public Table describe(TableName name) {
      return table(name).table();
    }

    @Override
    public List<RawText> splitKeys(Table table, int parts) {
      return splitKeys;
    }

    @Override
    public long count(Table table) {
      return table.condition().equals("FALSE") ? 0 : table(table.name()).rows().size() + hidden;
    }

    @Override
    public void read(Table table, KeyRange range, long limit, RowSink sink) {
      if (table.condition().equals("FALSE")) {
        return;
      }
      long left = limit;
      for (String row : new ArrayList<>(table(table.name()).rows())) {
        int tab = row.indexOf('\t');
        if (table.keyed() && !within(range, Long.parseLong(row.substring(0, tab)))) {
          continue;
        }
        if (left-- == 0) {
          return;
        }
        int start = sink.buffer().length;
        byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
        CanonicalText.plain(sink.buffer(), bytes, 0, bytes.length);
        if (!sink.row(start, table.keyed() ? start + tab : start)) {
          return;
        }
      }
    }

    @Override
    public void close() {}
  }

  private static boolean isAccount(SchemaObject object) {
    return object.kind() == SchemaObject.Kind.ACCOUNT || object.kind() == SchemaObject.Kind.GRANTS;
  }

  private static boolean within(KeyRange range, long key) {
    return (range.after() == null || key > number(range.after()))
        && (range.upTo() == null || key <= number(range.upTo()));
  }

  private static long number(@Nullable RawText key) {
    return Long.parseLong(String.valueOf(key));
  }
}
