package io.nsqlops.testbeds;

import java.nio.file.Path;

/**
 * A server of our own on the loopback interface, started by this JVM and gone with it.
 *
 * <p>All methods that end the server return when its processes are gone; all are harmless when it
 * is already down.
 */
public interface RunningServer extends AutoCloseable {

  default String host() {
    return "127.0.0.1";
  }

  int port();

  /** Process id of what was started; a launcher's where the server has one. */
  long pid();

  boolean isAlive();

  /** The log the server writes; what it prints to its standard output where it has no other. */
  Path logFile();

  /** Asks the server to end, and kills it when it does not within half a minute. */
  void stop();

  /** Ends the server with SIGKILL, as a crash does. */
  void kill();

  /**
   * Starts it again on the same port and data, stopping it first if it runs; returns when ready.
   */
  void restart();

  @Override
  default void close() {
    stop();
  }
}
