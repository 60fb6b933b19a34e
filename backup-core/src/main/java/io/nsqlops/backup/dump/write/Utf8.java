package io.nsqlops.backup.dump.write;

/** Tells text in UTF-8 from other bytes, without an object for each. */
final class Utf8 {
  private Utf8() {}

  /** As Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
  static boolean isValid(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      int lead = text[at] & 0xff;
      int more =
          lead < 0x80
              ? 0
              : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1;
      if (more < 0 || at + more >= to) {
        return false;
      }
      for (int i = 1; i <= more; i++) {
        if ((text[at + i] & 0xc0) != 0x80) {
          return false;
        }
      }
      if (more > 1 && !isSecond(lead, text[at + 1] & 0xff)) {
        return false;
      }
      at += 1 + more;
    }
    return true;
  }

  private static boolean isSecond(int lead, int second) {
    return switch (lead) {
      case 0xe0 -> second >= 0xa0;
      case 0xed -> second < 0xa0;
      case 0xf0 -> second >= 0x90;
      case 0xf4 -> second < 0x90;
      default -> true;
    };
  }
}
