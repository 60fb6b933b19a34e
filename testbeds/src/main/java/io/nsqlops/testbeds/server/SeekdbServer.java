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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * seekdb, the single-process OceanBase in MySQL mode, installed by {@code testbeds/install seekdb}.
 *
 * <p>Snapshots by SCN, SQL and logs are OceanBase's; there are no tenants and no physical backup.
 */
public final class SeekdbServer extends SqlServer {

  private SeekdbServer(int port, ServerProcess process) {
    super(port, process);
  }

  /**
   * Starts a server whose data and logs are in the folder.
   *
   * @param parameters more parameters, such as {@code cpu_count=2}
   */
  public static SeekdbServer start(Path directory, String... parameters) {
    Path home = directory.toAbsolutePath();
    int port = FreePorts.next();
    Path program = program();
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--nodaemon", "--port", Integer.toString(port)));
    command.addAll(List.of("--base-dir", home.resolve("data").toString()));
    for (String parameter : List.of("memory_limit=2G", "datafile_size=2G", "log_disk_size=2G")) {
      command.addAll(List.of("--parameter", parameter));
    }
    for (String parameter : parameters) {
      command.addAll(List.of("--parameter", parameter));
    }
    try {
      Files.createDirectories(home);
      Path library = program.getParent();
      ServerProcess process =
          ServerProcess.start(
              new ServerSpec(
                  "seekdb",
                  command,
                  home,
                  Map.of("LD_LIBRARY_PATH", String.valueOf(library)),
                  home.resolve("output.log"),
                  home.resolve("data").resolve("log").resolve("seekdb.log"),
                  Probe.sql(jdbcUrl(port), "root", ""),
                  Duration.ofMinutes(3)));
      return new SeekdbServer(port, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program() {
    return BedCache.ofUser()
        .findAny("seekdb")
        .map(folder -> folder.resolve("pylibseekdb").resolve("seekdb"))
        .orElseThrow(() -> new BedException("seekdb is missing: run testbeds/install seekdb"));
  }
}
