package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.process.FreePorts;
import io.nsqlops.testbeds.process.Probe;
import io.nsqlops.testbeds.process.ServerProcess;
import io.nsqlops.testbeds.process.ServerSpec;
import io.nsqlops.testbeds.tls.OwnAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MinIO on one folder, built by {@code testbeds/install minio}: real signatures, conditional puts,
 * versioning and object lock.
 */
public final class MinioServer extends S3Server {

  private final boolean tls;

  private MinioServer(int port, ServerProcess process, boolean tls) {
    super(port, process);
    this.tls = tls;
  }

  @Override
  public URI uri() {
    return tls ? URI.create("https://" + host() + ":" + port()) : super.uri();
  }

  /**
   * Starts a server whose objects are in the folder.
   *
   * @param buckets exist when it is up
   */
  public static MinioServer start(Path directory, String... buckets) {
    return start(directory, Map.of(), null, buckets);
  }

  /**
   * As {@link #start(Path, String...)}, and by TLS.
   *
   * @param environment more variables for the server
   * @param authority signed its certificate; null for plain HTTP
   */
  public static MinioServer start(
      Path directory,
      Map<String, String> environment,
      @Nullable OwnAuthority authority,
      String... buckets) {
    Path home = directory.toAbsolutePath();
    Path data = home.resolve("data");
    Path certificates = home.resolve("certs");
    try {
      Files.createDirectories(data);
      Files.createDirectories(certificates);
      for (String bucket : buckets) {
        Files.createDirectories(data.resolve(bucket));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (authority != null) {
      authority.writeServer(
          certificates.resolve("public.crt"), certificates.resolve("private.key"));
    }
    int port = FreePorts.next();
    ServerSpec spec = spec(home, port, environment, authority);
    return new MinioServer(port, ServerProcess.start(spec), authority != null);
  }

  private static ServerSpec spec(
      Path home, int port, Map<String, String> more, @Nullable OwnAuthority authority) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "MINIO_ROOT_USER", "testbeds",
                "MINIO_ROOT_PASSWORD", "testbeds-secret",
                "MINIO_BROWSER", "off",
                "MINIO_UPDATE", "off"));
    environment.putAll(more);
    String health = "://127.0.0.1:" + port + "/minio/health/cluster";
    return new ServerSpec(
        "minio",
        List.of(
            program().toString(),
            "server",
            home.resolve("data").toString(),
            "--address=127.0.0.1:" + port,
            "--console-address=127.0.0.1:" + FreePorts.next(),
            "--certs-dir=" + home.resolve("certs")),
        home,
        environment,
        home.resolve("output.log"),
        home.resolve("output.log"),
        authority == null
            ? Probe.http(URI.create("http" + health))
            : Probe.https(URI.create("https" + health), authority.trusting()),
        Duration.ofMinutes(1));
  }

  /** The server's program, as a test of an image with MinIO needs it. */
  public static Path program() {
    return BedCache.ofUser()
        .findAny("minio")
        .map(folder -> folder.resolve("minio"))
        .orElseThrow(() -> new BedException("minio is missing: run testbeds/install minio"));
  }
}
