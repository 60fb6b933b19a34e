package io.nsqlops.logs.model;

import java.util.Locale;

/** Marks in {@code tags} that tell what could not be done to a line as it should have been. */
public enum Tag {
  /** No field could be parsed: {@code message} is the line as it was. */
  UNPARSED,
  /** Fields up to the broken place were parsed; {@code message} ends with the rest as it was. */
  PARSE_PARTIAL,
  /** The line held bytes that are not UTF-8; they are written as {@code \xNN}. */
  INVALID_UTF8,
  /** The line was longer than the limit: this is one piece of it. */
  LINE_SPLIT,
  /** The line has no end: the file ended, or the runtime never delivered the rest. */
  LINE_INCOMPLETE,
  /** The time carries the name of a zone that several have: the source's zone was taken. */
  ZONE_ASSUMED;

  /** As it appears in documents. */
  public String text() {
    return "_" + name().toLowerCase(Locale.ROOT);
  }
}
