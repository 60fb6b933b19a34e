package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.process.FreePorts;
import io.nsqlops.testbeds.process.Probe;
import io.nsqlops.testbeds.process.ServerProcess;
import io.nsqlops.testbeds.process.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * TiDB of the 8.5 line with its embedded store, built by {@code testbeds/install tidb}.
 *
 * <p>The SQL layer, snapshots by timestamp and logs are the real ones. There is no TiKV, PD or
 * TiFlash, and the store holds everything in memory.
 */
public final class TidbServer extends SqlServer {
  private final Path slowLog;
  private final int statusPort;

  private TidbServer(int port, int statusPort, Path slowLog, ServerProcess process) {
    super(port, process);
    this.statusPort = statusPort;
    this.slowLog = slowLog;
  }

  /**
   * Starts a server whose data and logs are in the folder.
   *
   * @param configuration lines added to the configuration file (TOML)
   */
  public static TidbServer start(Path directory, String... configuration) {
    Path home = directory.toAbsolutePath();
    int port = FreePorts.next();
    int statusPort = FreePorts.next();
    Path slowLog = home.resolve("slow.log");
    try {
      Files.createDirectories(home);
      Path file = home.resolve("tidb.toml");
      Files.writeString(
          file,
          "temp-dir = '%s'%ntmp-storage-path = '%s'%n%s%n"
              .formatted(
                  home.resolve("tmp"),
                  home.resolve("tmp-storage"),
                  String.join("\n", configuration)));
      ServerProcess process =
          ServerProcess.start(
              new ServerSpec(
                  "tidb-server",
                  List.of(
                      program("tidb-server").toString(),
                      "--config=" + file,
                      "--store=unistore",
                      "--path=" + home.resolve("data"),
                      "--host=127.0.0.1",
                      "-P=" + port,
                      "--status-host=127.0.0.1",
                      "--status=" + statusPort,
                      "--socket=",
                      "--log-file=" + home.resolve("tidb.log"),
                      "--log-slow-query=" + slowLog),
                  home,
                  Map.of(),
                  home.resolve("output.log"),
                  home.resolve("tidb.log"),
                  answers(port),
                  Duration.ofMinutes(2)));
      return new TidbServer(port, statusPort, slowLog, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of the programs built with it: {@code tidb-server}, {@code dumpling}, … */
  public static Path program(String name) {
    return BedCache.ofUser()
        .findAny("tidb")
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .orElseThrow(() -> new BedException(name + " is missing: run testbeds/install tidb"));
  }

  /** The slow query log, in TiDB's own format. */
  public Path slowLog() {
    return slowLog;
  }

  /** The port of the HTTP status interface. */
  public int statusPort() {
    return statusPort;
  }

  private static Probe answers(int port) {
    return () -> {
      try (Connection connection = DriverManager.getConnection(jdbcUrl(port), "root", "");
          Statement statement = connection.createStatement()) {
        return statement.execute("SELECT 1");
      }
    };
  }
}
