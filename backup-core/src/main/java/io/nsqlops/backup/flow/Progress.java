package io.nsqlops.backup.flow;

/** Hears how a flow gets on. Called from several threads. */
public interface Progress {

  /** A new phase begins; {@code totalBytes} is a guess, 0 if there is none. */
  void phase(String name, long totalBytes);

  /** This much more is done. */
  void advanced(long rows, long bytes);

  /**
   * A part that the phase's total held {@code guessed} bytes for is done, and came to {@code
   * actual}. So the rest of the total is for what is still to do.
   */
  default void settled(long guessed, long actual) {}

  /** Something the user should know, although the flow goes on. */
  void warning(String message);

  /** Says nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void phase(String name, long totalBytes) {}

        @Override
        public void advanced(long rows, long bytes) {}

        @Override
        public void warning(String message) {}
      };
}
