package io.nsqlops.logs.model;

/** What one line is to the events of its file. */
public enum LineRole {
  /** A whole event: no line belongs to it. */
  ALONE,
  /** Begins an event that the following lines may belong to. */
  STARTS,
  /** Belongs to the event before it; without one, it begins an event of such lines. */
  CONTINUES
}
