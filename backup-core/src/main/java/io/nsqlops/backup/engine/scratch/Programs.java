package io.nsqlops.backup.engine.scratch;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds database servers: on the PATH, and where Linux distributions put them.
 *
 * @param path directories
 */
record Programs(List<Path> path) {
  private static final List<String> USUAL =
      List.of("/usr/sbin", "/usr/libexec", "/usr/local/sbin", "/usr/local/mysql/bin");

  static Programs of(String pathVariable) {
    List<Path> path =
        Stream.concat(Stream.of(pathVariable.split(File.pathSeparator)), USUAL.stream())
            .filter(d -> !d.isEmpty())
            .map(Path::of)
            .toList();
    return new Programs(path);
  }

  /** A server of this kind; whichever there is if it is empty. */
  Server server(String engine) {
    List<String> names =
        switch (engine) {
          case "mariadb" -> List.of("mariadbd", "mysqld");
          case "mysql" -> List.of("mysqld");
          default -> List.of("mariadbd", "mysqld");
        };
    for (String name : names) {
      for (Path program : all(name)) {
        boolean isMariaDb = version(program).contains("MariaDB");
        if (engine.isEmpty() || engine.equals("mariadb") == isMariaDb) {
          return new Server(program, isMariaDb);
        }
      }
    }
    throw missing(engine.isEmpty() ? "mariadbd or mysqld" : String.join(" or ", names), engine);
  }

  /**
   * A server program.
   *
   * @param isMariaDb otherwise it is MySQL
   */
  record Server(Path program, boolean isMariaDb) {}

  /** The first of this name. */
  Path require(String name) {
    return all(name).stream().findFirst().orElseThrow(() -> missing(name, ""));
  }

  private List<Path> all(String name) {
    List<Path> found = new ArrayList<>();
    for (Path directory : path) {
      Path program = directory.resolve(name);
      if (Files.isExecutable(program)) {
        found.add(program);
      }
    }
    return found;
  }

  private static String version(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static OpsException missing(String names, String engine) {
    String kind = engine.isEmpty() ? "" : " (" + engine + ")";
    return new OpsException(
        ErrorKind.USAGE,
        names,
        "no " + names + kind + " is on the PATH, so there is no server to replay the dump into",
        "install one of the kind the dump was made of, or name an empty server with --scratch");
  }
}
