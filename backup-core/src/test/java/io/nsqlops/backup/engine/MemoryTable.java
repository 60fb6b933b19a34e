package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A table of a {@link MemoryServer}: a number as key, if any, and a text. */
public final class MemoryTable {
  private final Table table;
  private final TreeMap<Long, String> keyed = new TreeMap<>();
  private final List<String> keyless = new ArrayList<>();

  private MemoryTable(Table table) {
    this.table = table;
  }

  public static MemoryTable keyed(TableName name) {
    List<Column> columns = List.of(new Column("id", "bigint", ""), new Column("v", "text", ""));
    return of(new Table(name, columns, 1, true, RawText.ofUtf8("CREATE TABLE keyed")));
  }

  public static MemoryTable keyless(TableName name) {
    List<Column> columns = List.of(new Column("v", "text", ""));
    return of(new Table(name, columns, 0, false, RawText.ofUtf8("CREATE TABLE keyless")));
  }

  static MemoryTable of(Table table) {
    return new MemoryTable(table);
  }

  /** Random rows of up to {@code longest} bytes. */
  public MemoryTable filled(long seed, int rows, int longest) {
    Random random = new Random(seed);
    long key = random.nextInt(1000);
    for (int i = 0; i < rows; i++) {
      key += 1 + random.nextInt(9);
      put(key, "v".repeat(random.nextInt(longest)) + Long.toString(random.nextLong(), 36));
    }
    return this;
  }

  /** Without a key: one more row. */
  public synchronized void put(long key, String value) {
    if (table.keyed()) {
      keyed.put(key, value);
    } else {
      keyless.add(value);
    }
  }

  public synchronized void remove(long key) {
    keyed.remove(key);
  }

  public Table table() {
    return table;
  }

  public synchronized TreeMap<Long, String> keys() {
    return new TreeMap<>(keyed);
  }

  /** All rows as canonical text, in key order; in any order without a key. */
  public synchronized List<String> rows() {
    List<String> rows = new ArrayList<>();
    keyed.forEach((key, value) -> rows.add(key + "\t" + value + "\n"));
    keyless.forEach(value -> rows.add(value + "\n"));
    return rows;
  }

  /** Takes rows of canonical text, as a loader does; a key that is there already is refused. */
  synchronized void load(String text) {
    for (String line : text.split("\n")) {
      int tab = line.indexOf('\t');
      if (!table.keyed()) {
        keyless.add(line);
      } else if (keyed.put(Long.parseLong(line.substring(0, tab)), line.substring(tab + 1))
          != null) {
        throw new IllegalStateException("duplicate key in " + line);
      }
    }
  }
}
