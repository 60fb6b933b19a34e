package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.process.Command;
import io.nsqlops.testbeds.process.FreePorts;
import io.nsqlops.testbeds.process.ProcessServer;
import io.nsqlops.testbeds.process.ServerProcess;
import io.nsqlops.testbeds.process.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL as this machine has it from Debian packages; the newest if there are several. For its
 * log: nothing here reads its data.
 */
public final class PostgresServer extends ProcessServer {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private final Path programs;

  private PostgresServer(int port, ServerProcess process, Path programs) {
    super(port, process);
    this.programs = programs;
  }

  /** Why there is none here; empty if there is one. */
  public static Optional<String> obstacle() {
    return installed().isPresent()
        ? Optional.empty()
        : Optional.of("run testbeds/install postgresql");
  }

  /**
   * Starts a server whose data is in the folder, with what it logs in {@link #logFile}.
   *
   * @param settings more settings, such as {@code log_min_duration_statement=0}
   */
  public static PostgresServer start(Path directory, String... settings) {
    Path tree = installed().orElseThrow(() -> new BedException("there is no PostgreSQL here"));
    Path home = directory.toAbsolutePath();
    Path data = home.resolve("data");
    int port = FreePorts.next();
    try {
      Files.createDirectories(home);
      NonRoot user = NonRoot.choose(tree, home);
      List<String> create = new ArrayList<>(user.prefix());
      create.add(tree.resolve("bin/initdb").toString());
      create.addAll(List.of("-D", data.toString(), "-U", "postgres", "--auth=trust"));
      create.addAll(List.of("--locale=C", "--encoding=UTF8", "--no-sync"));
      Command.run(create, Map.of(), home, Duration.ofMinutes(1));
      List<String> command = new ArrayList<>(user.prefix());
      command.add(tree.resolve("bin/postgres").toString());
      command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
      command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
      for (String setting : settings) {
        command.addAll(List.of("-c", setting));
      }
      Path output = home.resolve("output.log");
      ServerProcess process =
          ServerProcess.start(
              new ServerSpec(
                  "postgres",
                  command,
                  home,
                  Map.of(),
                  output,
                  output,
                  () -> psql(tree, port, "SELECT 1").exitCode() == 0,
                  Duration.ofMinutes(1)));
      return new PostgresServer(port, process, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Executes a statement; whether the server took it. */
  public boolean execute(String sql) {
    return psql(programs, port(), sql).exitCode() == 0;
  }

  private static Command.Result psql(Path tree, int port, String sql) {
    return Command.result(
        List.of(
            tree.resolve("bin/psql").toString(),
            "-X",
            "-h",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-U",
            "postgres",
            "-c",
            sql,
            "postgres"),
        Map.of(),
        tree,
        Duration.ofSeconds(30));
  }

  private static Optional<Path> installed() {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(INSTALLED)) {
      for (Path version : versions) {
        if (Files.isExecutable(version.resolve("bin/postgres"))
            && Files.isExecutable(version.resolve("bin/psql"))) {
          found.add(version);
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return found.stream().max(Comparator.comparing(Path::toString));
  }
}
