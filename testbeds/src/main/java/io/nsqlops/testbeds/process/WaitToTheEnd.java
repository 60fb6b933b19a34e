package io.nsqlops.testbeds.process;

/** Waiting that an interrupt must not cut short. */
public final class WaitToTheEnd {

  /** What waits; it can be begun anew after an interrupt. */
  @FunctionalInterface
  public interface Wait {
    void run() throws InterruptedException;
  }

  private WaitToTheEnd() {}

  /**
   * Waits until it is through; the thread is interrupted afterwards if it was before or meanwhile.
   */
  public static void of(Wait wait) {
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
