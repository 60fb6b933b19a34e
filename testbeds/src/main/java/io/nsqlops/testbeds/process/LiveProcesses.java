package io.nsqlops.testbeds.process;

import io.nsqlops.testbeds.BedException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every process this JVM started and has not ended yet; the JVM's end kills them all. */
final class LiveProcesses {
  private static final Set<ProcessTree> LIVE = new LinkedHashSet<>();
  private static boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(LiveProcesses::end, "testbeds-end"));
  }

  /** A started process with the tree below it. */
  record Started(Process process, ProcessTree tree) {}

  private LiveProcesses() {}

  // One lock over start and registration: a process cannot slip in between while the JVM ends.
  static synchronized Started start(ProcessBuilder builder) throws IOException {
    if (ending) {
      throw new BedException("not started, this JVM is ending: " + builder.command().get(0));
    }
    Process process = builder.start();
    ProcessTree tree = new ProcessTree(process.toHandle());
    LIVE.add(tree);
    return new Started(process, tree);
  }

  /** Its root has ended: nothing is kept of the tree, and its root is no zombie any more. */
  static void ended(Started started) {
    forget(started.tree());
    WaitToTheEnd.of(started.process()::waitFor);
  }

  private static synchronized void forget(ProcessTree tree) {
    LIVE.remove(tree);
  }

  private static void end() {
    synchronized (LiveProcesses.class) {
      ending = true;
    }
    killAll();
  }

  /** Kills every process there is now; returns when they are gone. */
  static void killAll() {
    List<ProcessTree> trees;
    synchronized (LiveProcesses.class) {
      trees = List.copyOf(LIVE);
    }
    trees.forEach(ProcessTree::kill);
    trees.forEach(LiveProcesses::forget);
  }
}
