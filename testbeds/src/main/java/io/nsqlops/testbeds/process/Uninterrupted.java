package io.nsqlops.testbeds.process;

/** What has to be done to its end, on a thread that is interrupted as well. */
public final class Uninterrupted {

  /** What waits; it can be begun anew after an interrupt. */
  @FunctionalInterface
  public interface Wait {
    void run() throws InterruptedException;
  }

  private Uninterrupted() {}

  /**
   * Runs it until it is through; the thread is as interrupted as before, or as it was meanwhile.
   */
  public static void run(Wait wait) {
    boolean interrupted = Thread.interrupted();
    boolean through = false;
    try {
      while (!through) {
        try {
          wait.run();
          through = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
