package io.nsqlops.backup.engine;

/** A server of our own that lives as long as this is open. */
public interface ScratchServer extends AutoCloseable {

  /** Where it listens. */
  DatabaseUri address();

  /** Of the user in {@link #address}. */
  String password();

  /** Stops it and removes all it left. */
  @Override
  void close();
}
