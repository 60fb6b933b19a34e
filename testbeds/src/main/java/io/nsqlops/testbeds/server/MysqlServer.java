package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.cache.Trees;
import io.nsqlops.testbeds.process.Command;
import io.nsqlops.testbeds.process.FreePorts;
import io.nsqlops.testbeds.process.Probe;
import io.nsqlops.testbeds.process.ServerProcess;
import io.nsqlops.testbeds.process.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A genuine MySQL server. */
public final class MysqlServer extends SqlServer {

  private MysqlServer(int port, ServerProcess process) {
    super(port, process);
  }

  /**
   * Starts a server whose data and error log are in the folder. Data already there from an earlier
   * start is used again.
   *
   * @param options more options for {@code mysqld}, such as {@code --log-bin}; they win over ours
   */
  public static MysqlServer start(Path directory, MysqlRelease release, String... options) {
    Path home = directory.toAbsolutePath();
    int port = FreePorts.next();
    try {
      Files.createDirectories(home.resolve("tmp"));
      if (!Files.exists(home.resolve("data"))) {
        // Created once and copied: it takes longer than all the rest.
        Path fresh =
            BedCache.ofUser()
                .require("data-mysql", release.version(), folder -> initialize(release, folder));
        Trees.copy(fresh.resolve("data"), home.resolve("data"));
        // each server an id of its own
        Files.deleteIfExists(home.resolve("data").resolve("auto.cnf"));
      }
      List<String> command = common(release, home);
      command.addAll(
          List.of(
              "--port=" + port,
              "--bind-address=127.0.0.1",
              "--socket=mysql.sock",
              "--pid-file=mysql.pid",
              "--log-error=" + home.resolve("error.log"),
              // Smaller than the defaults, so that several fit beside a build.
              "--performance-schema=OFF",
              "--innodb-buffer-pool-size=64M",
              "--innodb-log-buffer-size=8M",
              "--mysqlx=OFF"));
      command.addAll(List.of(options));
      ServerProcess process =
          ServerProcess.start(
              new ServerSpec(
                  "mysqld",
                  command,
                  home,
                  Map.of(),
                  home.resolve("output.log"),
                  home.resolve("error.log"),
                  Probe.sql(jdbcUrl(port), "root", ""),
                  Duration.ofMinutes(2)));
      return new MysqlServer(port, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void initialize(MysqlRelease release, Path folder) throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    List<String> command = common(release, folder);
    command.add("--initialize-insecure");
    Command.run(command, Map.of(), folder, Duration.ofMinutes(3));
  }

  private static List<String> common(MysqlRelease release, Path home) {
    List<String> command = new ArrayList<>(release.command());
    if (Users.isRoot()) {
      command.add("--user=root");
    }
    command.add("--datadir=" + home.resolve("data"));
    command.add("--tmpdir=" + home.resolve("tmp"));
    command.add("--secure-file-priv=NULL");
    return command;
  }
}
