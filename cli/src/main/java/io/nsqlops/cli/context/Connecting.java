package io.nsqlops.cli.context;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.error.Thrown;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A server that is being connected to while the command opens its repository: both take long, and
 * neither needs the other. Nothing has to be closed if nobody asks: what answered keeps no session
 * open.
 */
public final class Connecting {
  private final FutureTask<Database> task;

  private Connecting(FutureTask<Database> task) {
    this.task = task;
  }

  /** Begins at once; what goes wrong is told by {@link #get}. */
  public static Connecting start(Supplier<Database> connect) {
    FutureTask<Database> task = new FutureTask<>(connect::get);
    Thread thread = new Thread(task, "connecting");
    thread.setDaemon(true);
    thread.start();
    return new Connecting(task);
  }

  /**
   * The server, once it has answered.
   *
   * @throws OpsException as connecting did; INTERRUPTED if this thread is interrupted
   */
  public Database get() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw Thrown.again(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OpsException(
          ErrorKind.INTERRUPTED,
          "connecting",
          "connecting to the server was interrupted",
          "run the same command again",
          e);
    }
  }
}
