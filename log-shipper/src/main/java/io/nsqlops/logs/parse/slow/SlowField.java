package io.nsqlops.logs.parse.slow;

import io.nsqlops.logs.model.EcsField;

/**
 * The field a key of a slow log is written to.
 *
 * @param kind how its value is written
 */
public record SlowField(EcsField field, Kind kind) {
  /** How a value is written; one that is not what it should be is written as text. */
  public enum Kind {
    NUMBER,
    FLAG,
    WORD,
    /** Takes the rest of its line, whatever is in it. */
    TEXT
  }
}
