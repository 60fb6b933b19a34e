package io.nsqlops.backup.engine.scratch;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a private server has on the disk.
 *
 * @param path readable by nobody else
 */
record ServerDirectory(Path path) {
  static ServerDirectory make(Path below) {
    try {
      Files.createDirectories(below);
      return new ServerDirectory(Files.createTempDirectory(below, "nsql-ops-scratch-"));
    } catch (IOException e) {
      throw new OpsException(
          ErrorKind.USAGE,
          below.toString(),
          "cannot make a directory for the scratch server below " + below + ": " + e.getMessage(),
          "name another place with --work-dir",
          e);
    }
  }

  private Path data() {
    return path.resolve("data");
  }

  Path log() {
    return path.resolve("log");
  }

  Path firstStart() {
    return path.resolve("first-start.sql");
  }

  /** The only place where a script may have the server read or write files; there are none. */
  Path files() {
    return path.resolve("files");
  }

  /** What every call of the server begins with. */
  List<String> base(Programs.Server server) {
    List<String> command = new ArrayList<>();
    command.add(server.program().toString());
    command.add("--no-defaults");
    command.addAll(user());
    command.add("--datadir=" + data());
    command.add("--tmpdir=" + path);
    return command;
  }

  /** Servers refuse to run as root unless they are told to. */
  private static List<String> user() {
    String user = System.getProperty("user.name", "");
    return user.equals("root") ? List.of("--user=root") : List.of();
  }

  /** Makes the system tables. */
  void install(Programs.Server server, Programs programs) throws IOException {
    if (server.isMariaDb()) {
      Files.createDirectories(files());
      Path installer = programs.require("mariadb-install-db");
      List<String> command = new ArrayList<>(List.of(installer.toString(), "--no-defaults"));
      command.addAll(user());
      command.addAll(
          List.of(
              "--datadir=" + data(),
              "--auth-root-authentication-method=normal",
              "--skip-test-db",
              "--skip-log-bin"));
      run(command);
    } else {
      List<String> command = base(server);
      command.add("--initialize-insecure");
      run(command);
    }
  }

  private void run(List<String> command) throws IOException {
    File output = path.resolve("install.log").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(path.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command.get(0) + " failed: " + tail(output.toPath()));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new OpsException(
          ErrorKind.INTERRUPTED, "import", "the import was interrupted", "run it again", e);
    }
  }

  /** Gives root a password, on the loopback interface too. One statement a line. */
  void writeFirstStart(String password) throws IOException {
    PrivateServer.writePrivate(
        firstStart(),
        """
        CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
        ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY '%1$s';
        GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
        ALTER USER 'root'@'localhost' IDENTIFIED BY '%1$s';
        """
            .formatted(password));
  }

  /** The end of the server's log. */
  String said() throws IOException {
    return tail(log());
  }

  private static String tail(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "it said nothing";
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  void delete() {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // in a temporary directory: whoever cleans that removes the rest
    }
  }
}
