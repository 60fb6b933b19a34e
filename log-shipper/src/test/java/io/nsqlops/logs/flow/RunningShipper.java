package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.sink.LogSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A shipper at work in a thread of its own. */
final class RunningShipper implements AutoCloseable {
  private final ShipLogs shipper;
  private final Thread thread;
  private final CompletableFuture<Boolean> result = new CompletableFuture<>();

  RunningShipper(LogsConfig config, LogSink sink) {
    this(config, sink, new ShipperMetrics());
  }

  RunningShipper(LogsConfig config, LogSink sink, ShipperMetrics metrics) {
    shipper = new ShipLogs(config, sink, metrics);
    thread =
        new Thread(
            () -> {
              try {
                result.complete(shipper.run(Until.STOPPED));
              } catch (InterruptedException | RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
    thread.start();
  }

  /** Stops it; whether everything read was delivered. */
  boolean stop() {
    shipper.stop();
    return result.orTimeout(60, TimeUnit.SECONDS).join();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    stop();
  }
}
