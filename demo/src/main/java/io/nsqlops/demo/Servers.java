package io.nsqlops.demo;

import io.nsqlops.cli.output.Units;
import io.nsqlops.testbeds.cache.ArchiveBed;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.process.WaitToTheEnd;
import io.nsqlops.testbeds.server.ElasticsearchServer;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The embedded servers. Elasticsearch starts while the first act plays. */
final class Servers implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration STARTER_ENDS_WITHIN = Duration.ofSeconds(10);

  private final Path directory;
  private final Narrator narrator;
  private @Nullable MariaDbServer database;
  private @Nullable FutureTask<ElasticsearchServer> search;
  private @Nullable Thread starter;

  Servers(Path directory, Narrator narrator) {
    this.directory = directory;
    this.narrator = narrator;
  }

  /** Downloads what this machine has not got yet. */
  void install() throws InterruptedException {
    install("MariaDB", MariaDbServer.BED, 149);
    install("Elasticsearch", ElasticsearchServer.BED, 107);
  }

  private void install(String name, ArchiveBed bed, int megabytes) throws InterruptedException {
    BedCache cache = BedCache.ofUser();
    if (cache.find(bed.name(), bed.version()).isPresent()) {
      return;
    }
    narrator.say(
        "Downloading %s %s (%d MB), this once, into %s"
            .formatted(name, bed.version(), megabytes, cache.root()));
    FutureTask<Path> download = new FutureTask<>(() -> bed.require(cache));
    Thread thread = daemon(download, "download");
    long start = System.nanoTime();
    try {
      while (!ended(download)) {
        Duration so = Duration.ofNanos(System.nanoTime() - start);
        narrator.detail("... " + Units.duration(so));
      }
      value(download, name);
    } finally {
      thread.interrupt();
    }
  }

  /** Starts MariaDB. */
  MariaDbServer startDatabase() {
    MariaDbServer started =
        MariaDbServer.start(
            directory.resolve("mariadb"),
            "--innodb-buffer-pool-size=256M",
            "--innodb-log-file-size=256M",
            "--innodb-flush-log-at-trx-commit=2");
    database = started;
    return started;
  }

  /** Begins to start Elasticsearch; returns at once. */
  void beginSearch() {
    FutureTask<ElasticsearchServer> task =
        new FutureTask<>(() -> ElasticsearchServer.start(directory.resolve("elasticsearch")));
    search = task;
    starter = daemon(task, "elasticsearch-start");
  }

  /** Waits until Elasticsearch serves. */
  ElasticsearchServer awaitSearch() throws InterruptedException {
    if (search == null) {
      throw new IllegalStateException("Elasticsearch was not started");
    }
    while (!ended(search)) {
      narrator.detail("... waiting for Elasticsearch");
    }
    return value(search, "Elasticsearch");
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static boolean ended(FutureTask<?> task) throws InterruptedException {
    try {
      task.get(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private static <T> T value(FutureTask<T> task, String object) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw Checks.failed(object, "cannot be had: " + cause.getMessage());
    }
  }

  /**
   * Ends the servers at once: what they hold is thrown away anyway. Nothing is started and no file
   * is made any more when this returns, unless a start does not let go within ten seconds.
   */
  @Override
  public void close() {
    if (starter != null) {
      starter.interrupt();
    }
    if (database != null) {
      database.kill();
    }
    if (starter != null) {
      long end = System.nanoTime() + STARTER_ENDS_WITHIN.toNanos();
      WaitToTheEnd.of(() -> TimeUnit.NANOSECONDS.timedJoin(starter, end - System.nanoTime()));
    }
  }
}
