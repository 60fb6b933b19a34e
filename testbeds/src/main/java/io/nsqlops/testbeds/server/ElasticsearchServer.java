package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.ArchiveBed;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.cache.Trees;
import io.nsqlops.testbeds.process.FreePorts;
import io.nsqlops.testbeds.process.Probe;
import io.nsqlops.testbeds.process.ProcessServer;
import io.nsqlops.testbeds.process.ServerProcess;
import io.nsqlops.testbeds.process.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Elasticsearch 8.19, 7.17 or 9.5, the distribution its own integration tests use (no modules
 * beyond the server); installed from Maven at first use. One node, no security, 512 MB of heap.
 */
public final class ElasticsearchServer extends ProcessServer {
  /** Where the server comes from. */
  public static final ArchiveBed BED = bed("8.19.21");

  /** Where the oldest server comes from that is still in use. */
  public static final ArchiveBed BED_7 = bed("7.17.9");

  /** Where the newest server comes from; it wants the Java of {@code testbeds/install java21}. */
  public static final ArchiveBed BED_9 = bed("9.5.2");

  private static ArchiveBed bed(String version) {
    return new ArchiveBed(
        "elasticsearch",
        version,
        "org.elasticsearch.distribution.integ-test-zip:elasticsearch:" + version + ":zip",
        "elasticsearch-" + version + '/',
        List.of("bin"));
  }

  private ElasticsearchServer(int port, ServerProcess process) {
    super(port, process);
  }

  /**
   * Starts a node whose data and logs are in the folder; returns when its health is at least
   * yellow.
   *
   * @param settings more settings, such as {@code http.max_content_length=1mb}
   */
  public static ElasticsearchServer start(Path directory, String... settings) {
    return start(BED, directory, settings);
  }

  /** Starts a node of one of the versions. */
  public static ElasticsearchServer start(ArchiveBed bed, Path directory, String... settings) {
    Path home = bed.require(BedCache.ofUser());
    int port = FreePorts.next();
    Path folder = directory.toAbsolutePath();
    try {
      Files.createDirectories(folder);
      Path configuration = configure(home, folder);
      for (String name : List.of("data", "logs", "tmp")) {
        Files.createDirectories(folder.resolve(name));
      }
      NonRoot user = NonRoot.choose(home, folder);
      List<String> command = new ArrayList<>(user.prefix());
      command.add(user.tree().resolve("bin").resolve("elasticsearch").toString());
      if (!bed.equals(BED_7)) {
        // Version 7 knows it with its extensions only, and has no security without them.
        command.add("-Expack.security.enabled=false");
      }
      settings(folder, port).forEach((key, value) -> command.add("-E" + key + "=" + value));
      for (String setting : settings) {
        command.add("-E" + setting);
      }
      ServerProcess process =
          ServerProcess.start(
              new ServerSpec(
                  "elasticsearch",
                  command,
                  folder,
                  environment(javaHome(bed), folder, configuration),
                  folder.resolve("output.log"),
                  folder.resolve("output.log"),
                  Probe.http(
                      URI.create(
                          "http://127.0.0.1:"
                              + port
                              + "/_cluster/health?wait_for_status=yellow&timeout=5s")),
                  Duration.ofMinutes(3)));
      return new ElasticsearchServer(port, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of the REST interface. */
  public URI uri() {
    return URI.create("http://" + host() + ":" + port());
  }

  private static Map<String, String> settings(Path folder, int port) {
    return Map.of(
        "cluster.name",
        "testbed-" + port,
        "discovery.type",
        "single-node",
        "network.host",
        "127.0.0.1",
        "http.port",
        Integer.toString(port),
        "transport.port",
        Integer.toString(FreePorts.next()),
        "path.data",
        folder.resolve("data").toString(),
        "path.logs",
        folder.resolve("logs").toString(),
        "cluster.routing.allocation.disk.threshold_enabled",
        "false");
  }

  private static Path javaHome(ArchiveBed bed) {
    if (!bed.equals(BED_9)) {
      return Path.of(System.getProperty("java.home"));
    }
    return BedCache.ofUser()
        .findAny("java21")
        .orElseThrow(() -> new BedException("Java 21 is missing: run testbeds/install java21"))
        .resolve("usr/lib/jvm/java-21-openjdk-amd64");
  }

  private static Map<String, String> environment(Path java, Path folder, Path configuration) {
    return Map.of(
        "ES_JAVA_HOME", java.toString(),
        "ES_JAVA_OPTS", "-Xms512m -Xmx512m",
        "ES_PATH_CONF", configuration.toString(),
        "ES_TMPDIR", folder.resolve("tmp").toString());
  }

  /** The node's own copy of the configuration: Elasticsearch writes a keystore into it. */
  private static Path configure(Path home, Path folder) throws IOException {
    Path target = folder.resolve("config");
    if (!Files.exists(target)) {
      Trees.copy(home.resolve("config"), target);
    }
    return target;
  }
}
