package io.nsqlops.cli;

import io.nsqlops.cli.context.Interrupts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What happens on Ctrl+C and SIGTERM: the thread that runs the command is interrupted, closes what
 * it holds and says so; if it does not in time, or at the second signal, the process ends anyway.
 */
final class Interruption implements Interrupts {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final AtomicBoolean again = new AtomicBoolean();
  private volatile boolean signalled;
  private volatile Stop stop;

  private record Stop(Runnable action, Duration grace) {}

  private Interruption(Thread command) {
    this.stop = new Stop(command::interrupt, GRACE);
  }

  /** Nobody interrupts: for runs inside another program. */
  static Interruption none() {
    return new Interruption(Thread.currentThread());
  }

  /** Interrupts the calling thread on a signal. */
  static Interruption onSignals() {
    Interruption interruption = new Interruption(Thread.currentThread());
    List.of("INT", "TERM").forEach(signal -> handle(signal, interruption::signalled));
    return interruption;
  }

  /** By reflection, because the compiler refuses the name; without it the JVM ends as it is. */
  private static void handle(String signal, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Interruption.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      type.getMethod("handle", type, handler)
          .invoke(null, type.getConstructor(String.class).newInstance(signal), proxy);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException e) {
      throw new IllegalStateException("this JDK has no sun.misc.Signal", e);
    } catch (InvocationTargetException e) {
      // the JVM was started with -Xrs or keeps the signal for itself: it ends the process then
    }
  }

  private void signalled() {
    if (again.getAndSet(true)) {
      Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
    }
    // before the action, should that wait for something
    Thread deadline = new Thread(this::endInTime, "interruption");
    deadline.setDaemon(true);
    deadline.start();
    stop();
  }

  /** Under one lock with {@link #stopBy}: what was said there is done here, or there afterwards. */
  synchronized void stop() {
    signalled = true;
    stop.action().run();
  }

  @Override
  public synchronized void stopBy(Runnable action, Duration grace) {
    stop = new Stop(action, grace);
    if (signalled) {
      // the command was interrupted before it could say how it wants to be stopped
      Thread.interrupted();
      action.run();
    }
  }

  @Override
  public void onHangup(Runnable action) {
    handle("HUP", action);
  }

  private void endInTime() {
    long began = System.nanoTime();
    try {
      // asked again and again: a command may have come to its own way of stopping meanwhile
      for (Duration left = stop.grace(); left.toNanos() > 0; left = left(began)) {
        Thread.sleep(left.toMillis() + 1);
      }
    } catch (InterruptedException e) {
      // ends now, then
    }
    System.exit(ExitCodes.INTERRUPTED);
  }

  private Duration left(long began) {
    return stop.grace().minusNanos(System.nanoTime() - began);
  }

  boolean wasSignalled() {
    return signalled;
  }
}
