package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.process.FreePorts;
import io.nsqlops.testbeds.process.Probe;
import io.nsqlops.testbeds.process.ServerProcess;
import io.nsqlops.testbeds.process.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * MinIO on one folder, built by {@code testbeds/install minio}: real signatures, conditional puts,
 * versioning and object lock.
 */
public final class MinioServer extends S3Server {

  private MinioServer(int port, ServerProcess process) {
    super(port, process);
  }

  /**
   * Starts a server whose objects are in the folder.
   *
   * @param buckets exist when it is up
   */
  public static MinioServer start(Path directory, String... buckets) {
    Path home = directory.toAbsolutePath();
    Path data = home.resolve("data");
    int port = FreePorts.next();
    try {
      Files.createDirectories(data);
      for (String bucket : buckets) {
        Files.createDirectories(data.resolve(bucket));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ServerProcess process =
        ServerProcess.start(
            new ServerSpec(
                "minio",
                List.of(
                    program().toString(),
                    "server",
                    data.toString(),
                    "--address=127.0.0.1:" + port,
                    "--console-address=127.0.0.1:" + FreePorts.next(),
                    "--certs-dir=" + home.resolve("certs")),
                home,
                Map.of(
                    "MINIO_ROOT_USER", "testbeds",
                    "MINIO_ROOT_PASSWORD", "testbeds-secret",
                    "MINIO_BROWSER", "off",
                    "MINIO_UPDATE", "off"),
                home.resolve("output.log"),
                home.resolve("output.log"),
                Probe.http(URI.create("http://127.0.0.1:" + port + "/minio/health/cluster")),
                Duration.ofMinutes(1)));
    return new MinioServer(port, process);
  }

  /** The server's program, as a test of an image with MinIO needs it. */
  public static Path program() {
    return BedCache.ofUser()
        .findAny("minio")
        .map(folder -> folder.resolve("minio"))
        .orElseThrow(() -> new BedException("minio is missing: run testbeds/install minio"));
  }
}
