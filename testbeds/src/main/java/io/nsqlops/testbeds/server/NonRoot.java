package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.Trees;
import io.nsqlops.testbeds.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a server that refuses to run as root is run: as this user when that is not root, otherwise as
 * nobody.
 *
 * @param prefix goes before the server's command
 * @param tree the server's programs, where that user can read them
 */
record NonRoot(List<String> prefix, Path tree) {
  private static final String NOBODY = "65534";
  private static final List<String> SETPRIV =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
  // A user namespace: root's own files stay readable, and the id the server sees is nobody's. The
  // group is mapped too, or the server's JVM cannot attach to itself, as Elasticsearch wants.
  private static final List<String> UNSHARE =
      List.of("unshare", "--user", "--map-user=" + NOBODY, "--map-group=" + NOBODY);

  NonRoot {
    prefix = List.copyOf(prefix);
  }

  /**
   * Finds a way that works here and makes the folder belong to the user it runs as.
   *
   * @param tree the server's programs
   * @param folder the server's data, already filled
   * @throws BedException when root has no way to run the server as somebody else
   */
  static NonRoot choose(Path tree, Path folder) throws IOException {
    if (!Users.isRoot()) {
      return new NonRoot(List.of(), tree);
    }
    own(NOBODY, folder);
    if (works(SETPRIV, tree, folder)) {
      return new NonRoot(SETPRIV, tree);
    }
    own("0", folder);
    if (works(UNSHARE, tree, folder)) {
      return new NonRoot(UNSHARE, tree);
    }
    // The cache may be in a home folder only root can enter, and user namespaces may be forbidden.
    Path copy = folder.resolve("server");
    Trees.copy(tree, copy);
    own(NOBODY, folder);
    if (works(SETPRIV, copy, folder)) {
      return new NonRoot(SETPRIV, copy);
    }
    throw new BedException(
        "Elasticsearch refuses to run as root, and user 'nobody' cannot use "
            + folder
            + " and "
            + System.getProperty("java.home")
            + ": run as an ordinary user");
  }

  private static void own(String user, Path folder) {
    run(List.of("chown", "-R", user + ":" + user, folder.toString()));
  }

  private static boolean works(List<String> prefix, Path tree, Path folder) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("sh", "-c", "test -r \"$1/lib\" && test -x \"$2\" && test -w \"$3\""));
    command.add("sh");
    command.add(tree.toString());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(folder.toString());
    try {
      return Command.result(command, Map.of(), Path.of("/"), Duration.ofSeconds(20)).exitCode()
          == 0;
    } catch (BedException e) {
      // The program is not installed: one way less.
      return false;
    }
  }

  private static void run(List<String> command) {
    Command.run(command, Map.of(), Path.of("/"), Duration.ofMinutes(1));
  }
}
