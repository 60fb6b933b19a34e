package io.nsqlops.backup.engine.mysql;

import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Guesses keys that cut a table into parts of like size, without reading it. */
final class SplitKeys {
  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint");

  private final Catalogue catalogue;

  SplitKeys(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Equal steps between the smallest and the largest value of an integer key's first column; the
   * other columns of the key are left to their own. Empty for other keys.
   */
  List<RawText> find(Table table, int parts) {
    Column first = table.key().get(0);
    if (table.keyColumns() != 1 || !INTEGERS.contains(first.type()) || parts < 2) {
      return List.of();
    }
    String column = Sql.name(first.name());
    String from = " FROM " + Sql.name(table.name());
    String min = catalogue.one("SELECT MIN(" + column + ")" + from);
    String max = catalogue.one("SELECT MAX(" + column + ")" + from);
    if (min.equals("null") || max.equals("null")) {
      return List.of();
    }
    BigInteger low = new BigInteger(min);
    BigInteger width = new BigInteger(max).subtract(low);
    List<RawText> keys = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      BigInteger key =
          low.add(width.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(parts)));
      keys.add(RawText.ofUtf8(key.toString()));
    }
    return keys.stream().distinct().toList();
  }
}
