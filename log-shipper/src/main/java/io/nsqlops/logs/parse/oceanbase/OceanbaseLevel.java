package io.nsqlops.logs.parse.oceanbase;

import io.nsqlops.logs.model.Severity;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Levels as OceanBase prints them. EDIAG and WDIAG are diagnostics for its developers, not errors
 * of the cluster.
 */
enum OceanbaseLevel {
  ERROR(Severity.ERROR),
  WARN(Severity.WARN),
  INFO(Severity.INFO),
  EDIAG(Severity.NOTICE),
  WDIAG(Severity.NOTICE),
  TRACE(Severity.TRACE),
  DEBUG(Severity.DEBUG);

  private final Severity severity;

  OceanbaseLevel(Severity severity) {
    this.severity = severity;
  }

  Severity severity() {
    return severity;
  }

  int length() {
    return name().length();
  }

  /** The level that stands at a position, or null. */
  static @Nullable OceanbaseLevel at(byte[] s, int from, int to) {
    OceanbaseLevel level =
        from + 4 >= to
            ? null
            : switch (s[from]) {
              case 'I' -> INFO;
              case 'W' -> s[from + 1] == 'D' ? WDIAG : WARN;
              case 'E' -> s[from + 1] == 'D' ? EDIAG : ERROR;
              case 'T' -> TRACE;
              case 'D' -> DEBUG;
              default -> null;
            };
    if (level == null || from + level.length() >= to) {
      return null;
    }
    String printed = new String(s, from, level.length(), StandardCharsets.ISO_8859_1);
    return printed.equals(level.name()) ? level : null;
  }
}
