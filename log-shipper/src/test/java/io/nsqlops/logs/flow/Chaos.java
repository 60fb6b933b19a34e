package io.nsqlops.logs.flow;

import io.nsqlops.testbeds.server.ElasticsearchServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Writes numbered lines into rotated files while the shipper is killed again and again and
 * Elasticsearch is stopped and started.
 */
final class Chaos {
  /** Every line of file {@code f} is {@code line-f} and a number below the lines of that file. */
  record Plan(
      int files,
      int linesPerFile,
      int linesPerRotation,
      int chunk,
      int kills,
      int outages,
      int bulksPerKill,
      long seed) {
    long lines() {
      return (long) files * linesPerFile;
    }
  }

  private final Plan plan;
  private final FaultProxy proxy;
  private final ElasticsearchServer server;
  private final Path directory;
  private final String config;
  private final Random random;
  private final List<Rotated> files = new ArrayList<>();
  private long written;
  private int kills;
  private int outages;

  Chaos(Plan plan, FaultProxy proxy, ElasticsearchServer server, Path directory, String config)
      throws IOException {
    this.plan = plan;
    this.proxy = proxy;
    this.server = server;
    this.directory = directory;
    this.config = config;
    this.random = new Random(plan.seed());
    for (int file = 0; file < plan.files(); file++) {
      // Every other file is rotated by kubelet, the others by logrotate.
      files.add(
          file % 2 == 0
              ? Rotated.byKubelet(directory.resolve("pods/shop_pod-" + file + "_uid/app"))
              : Rotated.byLogrotate(directory.resolve("logs/app-" + file + ".log")));
    }
  }

  static String word(int file) {
    return "line-" + file;
  }

  int kills() {
    return kills;
  }

  int outages() {
    return outages;
  }

  /** All of it; returns the shipper that is at work at the end. */
  ShipperProcess run() throws Exception {
    ShipperProcess shipper = ShipperProcess.start(directory, config);
    CompletableFuture<Void> restart = CompletableFuture.completedFuture(null);
    try {
      int nextKill = nextKill();
      while (written < plan.lines() || kills < plan.kills() || !restart.isDone()) {
        write();
        if (kills < plan.kills() && proxy.bulks() >= nextKill) {
          shipper.kill();
          kills++;
          shipper = ShipperProcess.start(directory, config);
          nextKill = nextKill();
        }
        if (restart.isDone() && outages < plan.outages() && isOutageDue()) {
          outages++;
          server.stop();
          restart = CompletableFuture.runAsync(server::restart);
        }
        if (!shipper.isAlive()) {
          throw new AssertionError("the shipper ended by itself: " + shipper.output());
        }
      }
      restart.join();
      return shipper;
    } catch (Exception | Error e) {
      shipper.close();
      throw e;
    }
  }

  private boolean isOutageDue() {
    return kills > plan.kills() * (outages + 1) / (plan.outages() + 1) - 1;
  }

  private int nextKill() {
    return proxy.bulks() + 1 + random.nextInt(plan.bulksPerKill());
  }

  /** Writes some lines, unless enough are waiting already. */
  private void write() throws IOException, InterruptedException {
    long waiting = written - proxy.stored();
    boolean ahead = waiting > 20L * plan.chunk() && written > plan.lines() / 10;
    if (written == plan.lines() || ahead) {
      TimeUnit.MILLISECONDS.sleep(5);
      return;
    }
    int number = random.nextInt(files.size());
    Rotated file = files.get(number);
    int from = file.lines;
    int to = Math.min(plan.linesPerFile(), from + 1 + random.nextInt(plan.chunk()));
    file.write(word(number), from, to);
    written += to - from;
    if (file.sinceRotation > plan.linesPerRotation()) {
      file.rotate();
    }
  }

  /** One file and how it is rotated. */
  private abstract static class Rotated {
    private int lines;
    private int sinceRotation;

    void write(String word, int from, int to) throws IOException {
      append(word, from, to);
      lines = to;
      sinceRotation += to - from;
    }

    void rotate() throws IOException {
      turn();
      sinceRotation = 0;
    }

    abstract void append(String word, int from, int to) throws IOException;

    abstract void turn() throws IOException;

    static Rotated byKubelet(Path container) throws IOException {
      CriFile log = new CriFile(container);
      return new Rotated() {
        @Override
        void append(String word, int from, int to) throws IOException {
          log.write(word, from, to);
        }

        @Override
        void turn() throws IOException {
          log.rotate();
        }
      };
    }

    static Rotated byLogrotate(Path live) throws IOException {
      TruncatedLog log = new TruncatedLog(live);
      return new Rotated() {
        @Override
        void append(String word, int from, int to) throws IOException {
          log.append(TruncatedLog.lines(word, from, to));
        }

        @Override
        void turn() throws IOException {
          log.rotate();
        }
      };
    }
  }
}
