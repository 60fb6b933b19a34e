package io.nsqlops.testbeds.process;

import io.nsqlops.testbeds.BedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One server's process: started from a spec, as often as wanted, and ended with its children. */
public final class ServerProcess {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final ServerSpec spec;
  private LiveProcesses.Started started;

  private ServerProcess(ServerSpec spec) {
    this.spec = spec;
    this.started = launch(spec);
  }

  /**
   * Starts the server and waits until its probe says it is ready.
   *
   * @throws BedException with the end of its log when it exits first or the deadline passes; no
   *     process is left then
   */
  public static ServerProcess start(ServerSpec spec) {
    ServerProcess process = new ServerProcess(spec);
    process.awaitReady();
    return process;
  }

  /**
   * Kills every process of this JVM's test beds with SIGKILL, those that are only starting too;
   * returns when they are gone. For programs that end; a test stops its own servers.
   */
  public static void killAll() {
    LiveProcesses.killAll();
  }

  public Path log() {
    return spec.log();
  }

  public synchronized long pid() {
    return started.process().pid();
  }

  public synchronized boolean isAlive() {
    return started.process().isAlive();
  }

  /** Asks the process to end; kills the tree when it does not within half a minute. */
  public synchronized void stop() {
    started.tree().terminate(GRACE);
    LiveProcesses.ended(started);
  }

  /** Kills the whole tree with SIGKILL. */
  public synchronized void kill() {
    started.tree().kill();
    LiveProcesses.ended(started);
  }

  /** Stops the process if it runs, and starts it again from the same spec. */
  public synchronized void restart() {
    stop();
    started = launch(spec);
    awaitReady();
  }

  private static LiveProcesses.Started launch(ServerSpec spec) {
    ProcessBuilder builder =
        new ProcessBuilder(spec.command())
            .directory(spec.directory().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.output().toFile()));
    builder.environment().putAll(spec.environment());
    try {
      return LiveProcesses.start(builder);
    } catch (IOException e) {
      throw new BedException(spec.name() + " cannot be started: " + e.getMessage(), e);
    }
  }

  private synchronized void awaitReady() {
    long end = System.nanoTime() + spec.deadline().toNanos();
    Exception last = null;
    while (System.nanoTime() < end) {
      if (!started.process().isAlive()) {
        String code = "exited with code " + started.process().exitValue();
        throw failed(code + " before it was ready", last);
      }
      try {
        if (spec.ready().isReady()) {
          // Remembered now: if the launcher is killed later, its children are still ours to end.
          started.tree().look();
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed("was not waited for: interrupted", e);
      } catch (Exception e) {
        last = e;
      }
      pause();
    }
    throw failed("was not ready within " + spec.deadline().toSeconds() + " s", last);
  }

  private void pause() {
    try {
      // Wakes at once when the process dies.
      if (started.process().waitFor(50, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not waited for: interrupted", e);
    }
  }

  private BedException failed(String what, @Nullable Exception cause) {
    kill();
    String tail = LogTail.of(spec.output());
    if (!spec.log().equals(spec.output())) {
      tail += "\n" + LogTail.of(spec.log());
    }
    return new BedException(spec.name() + " " + what + "\n" + tail, cause);
  }
}
