package io.nsqlops.demo.shop;

/**
 * How many rows the sample shop has. Everything follows from the number of orders; three lines an
 * order make more than half of all rows.
 */
public record ShopSize(long orders) {
  private static final long LEAST = 10_000;

  /** What damage.sql names must be there. */
  public ShopSize {
    if (orders < LEAST / 5) {
      throw new IllegalArgumentException("too few orders: " + orders);
    }
  }

  /** A shop of at least this many rows, and little more. */
  public static ShopSize ofRows(long rows) {
    return new ShopSize(Math.max(rows, LEAST) / 5 + 1);
  }

  public long customers() {
    return orders / 4;
  }

  public long tickets() {
    return orders / 5;
  }

  public long views() {
    return orders * 2 / 3;
  }

  /** The names between braces in the SQL. */
  String fill(String sql) {
    return sql.replace("{orders}", Long.toString(orders))
        .replace("{customers}", Long.toString(customers()))
        .replace("{tickets}", Long.toString(tickets()))
        .replace("{views}", Long.toString(views()))
        .replace("{products}", "2000")
        .replace("{employees}", "400");
  }
}
