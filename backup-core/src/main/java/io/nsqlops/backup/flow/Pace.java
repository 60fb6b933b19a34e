package io.nsqlops.backup.flow;

/**
 * How fast a flow may move bytes.
 *
 * @param read rows from a server, as text
 * @param upload objects into the store, as they are stored
 * @param download objects from the store
 */
public record Pace(RateLimit read, RateLimit upload, RateLimit download) {
  public static final Pace UNLIMITED = new Pace(RateLimit.NONE, RateLimit.NONE, RateLimit.NONE);
}
