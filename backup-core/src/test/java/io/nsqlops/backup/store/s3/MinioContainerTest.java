package io.nsqlops.backup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.docker.DockerEngine;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The S3 store against MinIO in a container of Testcontainers.
 *
 * <p>Testcontainers looks for its engine in the environment of the process, so the contract runs in
 * a JVM that is given our engine's; see {@link MinioContainerContract}.
 */
@Tag("slow")
@NeedsBed({Bed.DOCKER, Bed.MINIO})
class MinioContainerTest {
  @TempDir Path directory;

  @Test
  void theContractHoldsInAContainer() throws IOException {
    try (DockerEngine engine = DockerEngine.start(directory.resolve("engine"))) {
      buildMinio(engine);

      String output =
          Command.run(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  MinioContainerContract.class.getName()),
              engine.environment(),
              directory,
              Duration.ofMinutes(10));

      assertThat(output).containsPattern("contract in a container: [1-9][0-9]+ passed, 0 failed");
    }
  }

  /** Testcontainers asks for a published image by its name; ours has it, around our own MinIO. */
  private void buildMinio(DockerEngine engine) throws IOException {
    Path context = Files.createDirectory(directory.resolve("minio"));
    Path program = BedCache.ofUser().findAny("minio").orElseThrow().resolve("minio");
    Files.copy(program, context.resolve("minio"));
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM %s
        COPY minio /usr/bin/minio
        ENTRYPOINT ["/usr/bin/minio"]
        """
            .formatted(DockerEngine.BASE_IMAGE));
    engine.docker("build", "--tag=" + MinioContainerContract.IMAGE, context.toString());
  }
}
