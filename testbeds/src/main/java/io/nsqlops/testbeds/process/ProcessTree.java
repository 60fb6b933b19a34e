package io.nsqlops.testbeds.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A process and everything it started, followed until all of it is gone. */
final class ProcessTree {
  private final ProcessHandle root;
  // Children of a process that died belong to init and cannot be found from the root any more.
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();

  ProcessTree(ProcessHandle root) {
    this.root = root;
    seen.add(root);
  }

  /** Remembers the children there are now. */
  synchronized void look() {
    for (ProcessHandle process : left()) {
      process.descendants().forEach(seen::add);
    }
  }

  /**
   * Asks the root to end, which ends its children as it sees fit, and kills what is left after it.
   * An interrupt cuts the grace short.
   */
  void terminate(Duration grace) {
    look();
    root.destroy();
    try {
      await(grace, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  /**
   * Kills every process of the tree, also those that it sees being started meanwhile: none of them
   * is left when this returns. One whose parent dies before anybody saw it is init's.
   */
  void kill() {
    WaitToTheEnd.of(
        () -> {
          do {
            look();
            left().forEach(ProcessHandle::destroyForcibly);
          } while (!await(Duration.ofSeconds(1)));
        });
  }

  /** Waits until no process of the tree is left; false when the time ran out first. */
  boolean await(Duration atMost) throws InterruptedException {
    return await(atMost, true);
  }

  private boolean await(Duration atMost, boolean whole) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      look();
      if (whole ? left().isEmpty() : !isThere(root)) {
        return true;
      }
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(25);
    }
  }

  private synchronized List<ProcessHandle> left() {
    List<ProcessHandle> left = new ArrayList<>();
    for (ProcessHandle process : seen) {
      if (isThere(process)) {
        left.add(process);
      }
    }
    return left;
  }

  /**
   * False for a dead process that init has not collected as well, though the JDK calls it alive.
   */
  static boolean isThere(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
      return !line.startsWith(" Z", line.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return process.isAlive();
    }
  }
}
