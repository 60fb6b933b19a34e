package io.nsqlops.cli.context;

import java.time.Duration;

/** What Ctrl+C and SIGTERM do to the running command. */
public interface Interrupts {

  /**
   * Stops the command in its own way instead of interrupting its thread.
   *
   * @param stop asks it to end; returns soon
   * @param grace how long it may take; then the process ends anyway
   */
  void stopBy(Runnable stop, Duration grace);

  /**
   * What SIGHUP does from now on; without this it ends the process as ever.
   *
   * @param action returns at once
   */
  void onHangup(Runnable action);
}
