package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.BedCache;
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
import java.util.List;
import java.util.Map;

/**
 * A key service with the protocol of AWS KMS, built by {@code testbeds/install localkms}. It checks
 * encryption contexts and key states, but no signatures and no rights.
 */
public final class LocalKmsServer extends ProcessServer {

  private LocalKmsServer(int port, ServerProcess process) {
    super(port, process);
  }

  /** Starts a service without keys whose files are in the folder. */
  public static LocalKmsServer start(Path directory) {
    Path home = directory.toAbsolutePath();
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int port = FreePorts.next();
    ServerProcess process =
        ServerProcess.start(
            new ServerSpec(
                "local-kms",
                List.of(program().toString()),
                home,
                Map.of(
                    "PORT", String.valueOf(port),
                    "KMS_REGION", "eu-west-1",
                    "KMS_DATA_PATH", home.resolve("keys").toString()),
                home.resolve("kms.log"),
                home.resolve("kms.log"),
                Probe.tcp(port),
                Duration.ofMinutes(1)));
    return new LocalKmsServer(port, process);
  }

  private static Path program() {
    return BedCache.ofUser()
        .findAny("localkms")
        .map(folder -> folder.resolve("local-kms"))
        .orElseThrow(() -> new BedException("local-kms is missing: run testbeds/install localkms"));
  }

  public URI uri() {
    return URI.create("http://" + host() + ":" + port());
  }

  public String region() {
    return "eu-west-1";
  }
}
