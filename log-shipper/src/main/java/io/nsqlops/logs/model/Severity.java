package io.nsqlops.logs.model;

import java.util.Locale;

/** Levels as written to {@code log.level}, whatever the source calls them. */
public enum Severity {
  TRACE,
  DEBUG,
  INFO,
  NOTICE,
  WARN,
  ERROR,
  CRITICAL,
  FATAL;

  /** As it appears in documents. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
