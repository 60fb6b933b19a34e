package io.nsqlops.testbeds.process;

import io.nsqlops.testbeds.RunningServer;
import java.nio.file.Path;

/** A server that is one process (with its children) listening on one main port. */
public abstract class ProcessServer implements RunningServer {
  private final int port;
  private final ServerProcess process;

  protected ProcessServer(int port, ServerProcess process) {
    this.port = port;
    this.process = process;
  }

  @Override
  public final int port() {
    return port;
  }

  @Override
  public final long pid() {
    return process.pid();
  }

  @Override
  public final boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public final Path logFile() {
    return process.log();
  }

  @Override
  public final void stop() {
    process.stop();
  }

  @Override
  public final void kill() {
    process.kill();
  }

  @Override
  public final void restart() {
    process.restart();
  }
}
