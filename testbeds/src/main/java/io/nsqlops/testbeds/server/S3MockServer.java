package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.cache.Maven;
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
 * S3Mock; installed from Maven at first use. Checks neither signatures nor policies.
 *
 * <p>It runs in a JVM of its own: it brings a Spring Boot that must not meet our class path.
 */
public final class S3MockServer extends S3Server {
  private static final String VERSION = "5.2.0";

  // slf4j is named because Maven would choose the 1.7 that is nearer in the tree.
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>io.nsqlops.testbeds</groupId>
        <artifactId>s3mock</artifactId>
        <version>1</version>
        <dependencies>
          <dependency>
            <groupId>com.adobe.testing</groupId>
            <artifactId>s3mock</artifactId>
            <version>%s</version>
          </dependency>
          <dependency>
            <groupId>org.slf4j</groupId>
            <artifactId>slf4j-api</artifactId>
            <version>2.0.18</version>
          </dependency>
        </dependencies>
      </project>
      """
          .formatted(VERSION);

  private S3MockServer(int port, ServerProcess process) {
    super(port, process);
  }

  /** The folder of its jars, installed first where it is not there. */
  public static Path install() {
    return BedCache.ofUser()
        .require(
            "s3mock",
            VERSION,
            folder -> {
              Path pom = Files.writeString(folder.resolve("pom.xml"), POM);
              Maven.copyDependencies(pom, Files.createDirectory(folder.resolve("lib")));
            });
  }

  /**
   * Starts a server whose objects are in the folder.
   *
   * @param buckets exist when it is up
   */
  public static S3MockServer start(Path directory, String... buckets) {
    Path bed = install();
    Path home = directory.toAbsolutePath();
    int port = FreePorts.next();
    try {
      Path store = Files.createDirectories(home.resolve("data"));
      ServerProcess process =
          ServerProcess.start(
              new ServerSpec(
                  "s3mock",
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx256m",
                      "-XX:+UseSerialGC",
                      "-XX:TieredStopAtLevel=1",
                      "-cp",
                      bed.resolve("lib") + "/*",
                      "com.adobe.testing.s3mock.S3MockApplication",
                      "--server.address=127.0.0.1",
                      "--server.port=" + FreePorts.next(),
                      "--com.adobe.testing.s3mock.httpPort=" + port,
                      "--com.adobe.testing.s3mock.store.root=" + store,
                      "--com.adobe.testing.s3mock.store.retainFilesOnExit=true",
                      "--com.adobe.testing.s3mock.store.initialBuckets="
                          + String.join(",", buckets)),
                  home,
                  Map.of(),
                  home.resolve("output.log"),
                  home.resolve("output.log"),
                  Probe.http(URI.create("http://127.0.0.1:" + port + "/")),
                  Duration.ofMinutes(2)));
      return new S3MockServer(port, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
