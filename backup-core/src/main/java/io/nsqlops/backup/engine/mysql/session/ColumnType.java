package io.nsqlops.backup.engine.mysql.session;

/**
 * How a column travels in a binary row, as told by the column definition packet.
 *
 * @param type the protocol's type number
 * @param unsigned for integers
 * @param decimals digits after the second's point for times
 */
record ColumnType(int type, boolean unsigned, int decimals) {
  private static final int UNSIGNED_FLAG = 32;

  static final int TINY = 1;
  static final int SHORT = 2;
  static final int LONG = 3;
  static final int FLOAT = 4;
  static final int DOUBLE = 5;
  static final int NULL = 6;
  static final int TIMESTAMP = 7;
  static final int LONGLONG = 8;
  static final int INT24 = 9;
  static final int DATE = 10;
  static final int TIME = 11;
  static final int DATETIME = 12;
  static final int YEAR = 13;
  static final int NEWDECIMAL = 246;

  /** Reads a column definition packet. */
  static ColumnType parse(PacketReader packet) {
    for (int i = 0; i < 6; i++) {
      packet.skipString(); // catalog, schema, table, original table, name, original name
    }
    packet.takeLength(); // of what follows
    packet.takeInt(2); // character set
    packet.takeInt(4); // column length
    int type = (int) packet.takeInt(1);
    int flags = (int) packet.takeInt(2);
    int decimals = (int) packet.takeInt(1);
    return new ColumnType(type, (flags & UNSIGNED_FLAG) != 0, decimals <= 6 ? decimals : 0);
  }
}
