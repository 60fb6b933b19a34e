package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.codec.RowBuffer;

/**
 * Canonical text between quotes. Its own escapes mean the same to MySQL's parser, to LOAD DATA and
 * to TiDB Lightning, so they stay; what more must be escaped is the quote, and bytes that programs
 * on the way are known to change.
 */
enum Escapes {
  SQL('\''),
  CSV('"');

  private final byte quote;

  Escapes(char quote) {
    this.quote = (byte) quote;
  }

  void quoted(byte[] text, int from, int to, RowBuffer out) {
    out.ensure(2 * (to - from) + 2);
    byte[] bytes = out.bytes;
    int at = out.length;
    bytes[at++] = quote;
    for (int i = from; i < to; i++) {
      byte b = text[i];
      if (b == quote) {
        bytes[at++] = '\\';
        bytes[at++] = b;
      } else if (b == '\r') {
        bytes[at++] = '\\';
        bytes[at++] = 'r';
      } else if (b == 26 && this == SQL) {
        bytes[at++] = '\\';
        bytes[at++] = 'Z';
      } else {
        bytes[at++] = b;
      }
    }
    bytes[at++] = quote;
    out.length = at;
  }
}
