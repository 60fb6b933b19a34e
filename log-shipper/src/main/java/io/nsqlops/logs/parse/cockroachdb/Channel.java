package io.nsqlops.logs.parse.cockroachdb;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Digits;
import java.util.List;
import java.util.stream.Stream;

/** Names of channels: text logs print their numbers, JSON both. */
final class Channel {
  static final EcsField FIELD = new EcsField("cockroachdb.channel");

  private static final List<byte[]> NAMES =
      Stream.of(
              "DEV",
              "OPS",
              "HEALTH",
              "STORAGE",
              "SESSIONS",
              "SQL_SCHEMA",
              "USER_ADMIN",
              "PRIVILEGES",
              "SENSITIVE_ACCESS",
              "SQL_EXEC",
              "SQL_PERF",
              "SQL_INTERNAL_PERF",
              "TELEMETRY",
              "KV_DISTRIBUTION")
          .map(Ascii::bytes)
          .toList();

  private Channel() {}

  /** Writes the channel of entries that are of no other: text logs print no number then. */
  static void writeDefault(EcsDocument document) {
    write(0, document);
  }

  /** Writes the name of the channel with this number; the number itself if it is a newer one. */
  static void write(byte[] s, int from, int to, EcsDocument document) {
    long number = Digits.number(s, from, to);
    if (number >= 0 && number < NAMES.size()) {
      write((int) number, document);
    } else {
      document.text(FIELD, s, from, to);
    }
  }

  private static void write(int number, EcsDocument document) {
    byte[] name = NAMES.get(number);
    document.text(FIELD, name, 0, name.length);
  }
}
