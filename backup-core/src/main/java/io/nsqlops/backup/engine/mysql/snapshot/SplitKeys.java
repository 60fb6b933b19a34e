package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds keys that cut a table into parts of like size, without reading its rows. */
final class SplitKeys {
  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint");

  private final Session session;
  private final Catalogue catalogue;

  SplitKeys(Session session, Catalogue catalogue) {
    this.session = session;
    this.catalogue = catalogue;
  }

  /** Fewer keys than asked for where the table is small or the server cannot tell. */
  List<RawText> find(Table table, int parts) {
    if (parts < 2) {
      return List.of();
    }
    Column first = table.key().get(0);
    return table.keyColumns() == 1 && INTEGERS.contains(first.type())
        ? integers(table, first, parts)
        : steps(table, parts);
  }

  private List<RawText> integers(Table table, Column key, int parts) {
    String column = Sql.name(key.name());
    String from = " FROM " + Sql.name(table.name());
    String min = catalogue.one("SELECT MIN(" + column + ")" + from);
    String max = catalogue.one("SELECT MAX(" + column + ")" + from);
    if (min.equals("null") || max.equals("null")) {
      return List.of();
    }
    return new IntegerSplit(
            (low, high) -> catalogue.expectedRows(Sql.integerRange(table, low, high)))
        .keys(new BigInteger(min), new BigInteger(max), parts).stream()
            .map(k -> RawText.ofUtf8(k.toString()))
            .toList();
  }

  /**
   * Walks along the key's index in equal steps: one pass over it in all. Keys that are no single
   * integer have no middle that could be computed; only the server knows their order.
   */
  private List<RawText> steps(Table table, int parts) {
    long step = catalogue.estimatedRows(table.name()) / parts;
    List<RawText> keys = new ArrayList<>();
    RawText last = null;
    while (step > 0 && keys.size() < parts - 1) {
      last = keyAt(table, new KeyRange(last, null), step);
      if (last == null) {
        break;
      }
      keys.add(last);
    }
    return keys;
  }

  private @Nullable RawText keyAt(Table table, KeyRange range, long offset) {
    OneKey key = new OneKey();
    session.read(Sql.keyAt(table, range, offset), table.keyColumns(), key);
    return key.found;
  }

  private static final class OneKey implements RowSink {
    private final RowBuffer buffer = new RowBuffer(256);
    private @Nullable RawText found;

    @Override
    public RowBuffer buffer() {
      return buffer;
    }

    @Override
    public boolean row(int start, int keyEnd) {
      found = RawText.copyOf(buffer.bytes, start, keyEnd - start);
      return true;
    }
  }
}
