package io.nsqlops.demo.image;

import io.nsqlops.testbeds.docker.DockerEngine;
import io.nsqlops.testbeds.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The image of this checkout in an engine, built by its Dockerfile from the built distribution. */
final class OpsImage {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final String TAG = "nsql-ops:test";

  private final DockerEngine engine;

  private OpsImage(DockerEngine engine) {
    this.engine = engine;
  }

  /** Whether {@code mvn package} has got as far as the distribution. */
  static boolean distributionIsBuilt() {
    return Files.isDirectory(CHECKOUT.resolve("cli/target/nsql-ops/lib"));
  }

  static OpsImage build(DockerEngine engine) {
    engine.docker(
        "build",
        "--target=prebuilt",
        "--build-arg=BASE_IMAGE=" + DockerEngine.BASE_IMAGE,
        "--tag=" + TAG,
        CHECKOUT.toString());
    return new OpsImage(engine);
  }

  /**
   * Runs the image as Kubernetes does: the image's user, no capabilities, nothing writable but
   * {@code /tmp}; on the network of this machine, where the test's servers listen.
   *
   * @param options more options of {@code docker run}, such as volumes
   */
  Command.Result run(List<String> options, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run",
                "--rm",
                "--network=host",
                "--read-only",
                "--tmpfs=/tmp:rw,exec",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges"));
    command.addAll(options);
    command.add(TAG);
    command.addAll(Arrays.asList(arguments));
    return engine.result(command.toArray(new String[0]));
  }

  /** Runs another program of the image. */
  String program(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("run", "--rm", "--entrypoint=" + program, TAG));
    command.addAll(Arrays.asList(arguments));
    return engine.docker(command.toArray(new String[0]));
  }
}
