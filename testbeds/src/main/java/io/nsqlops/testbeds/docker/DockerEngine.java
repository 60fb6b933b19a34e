package io.nsqlops.testbeds.docker;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.cache.Trees;
import io.nsqlops.testbeds.process.Command;
import io.nsqlops.testbeds.process.ServerProcess;
import io.nsqlops.testbeds.process.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dockerd started by root for one test. Only one runs at a time on a machine, ours or another's:
 * every engine wants the bridge {@code docker0} and the same chains of iptables.
 */
public final class DockerEngine implements AutoCloseable {
  /** Name of the bed for {@code testbeds/install}. */
  public static final String BED = "docker";

  /** The base image that {@link #start} provides: a minimal Debian with a Java 17 runtime. */
  public static final String BASE_IMAGE = "nsql-ops-testbed/base:java17";

  private static final Path DOCKERD = Path.of("/usr/sbin/dockerd");
  private static final Duration A_WHILE = Duration.ofMinutes(10);

  private final Path directory;
  private final EngineNetwork network;
  private final ServerProcess process;

  private DockerEngine(Path directory, EngineNetwork network, ServerProcess process) {
    this.directory = directory;
    this.network = network;
    this.process = process;
  }

  /** Why no engine can be started here; empty if one can. */
  public static Optional<String> obstacle() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("a Docker engine can only be started by root");
    }
    if (!Files.isExecutable(DOCKERD) || BedCache.ofUser().findAny(BED).isEmpty()) {
      return Optional.of("docker is not installed: testbeds/install docker");
    }
    return EngineNetwork.otherEngine()
        .map(pid -> "another Docker engine runs on this machine (process " + pid + ")");
  }

  /**
   * Starts an engine whose data is in the folder and imports {@link #BASE_IMAGE}; returns when it
   * answers.
   *
   * @param directory of a path short enough for a socket: at most 90 characters
   */
  public static DockerEngine start(Path directory) {
    Path folder = directory.toAbsolutePath();
    obstacle()
        .ifPresent(
            reason -> {
              throw new BedException(reason);
            });
    try {
      Files.createDirectories(folder.resolve("client"));
      EngineNetwork network = EngineNetwork.before();
      DockerEngine engine = new DockerEngine(folder, network, dockerd(folder));
      engine.importBase();
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerProcess dockerd(Path folder) {
    Path log = folder.resolve("dockerd.log");
    return ServerProcess.start(
        new ServerSpec(
            "dockerd",
            List.of(
                DOCKERD.toString(),
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("dockerd.pid"),
                "--host=" + host(folder)),
            folder,
            Map.of(),
            log,
            log,
            () -> run(folder, List.of("docker", "version")).exitCode() == 0,
            Duration.ofMinutes(1)));
  }

  private void importBase() {
    Path base = BedCache.ofUser().findAny(BED).orElseThrow().resolve("base.tar.gz");
    docker("import", base.toString(), BASE_IMAGE);
  }

  /** What a client in another process needs in its environment: docker itself, Testcontainers. */
  public Map<String, String> environment() {
    return environment(directory);
  }

  private static Map<String, String> environment(Path folder) {
    return Map.of(
        "DOCKER_HOST", host(folder),
        // Neither the user's registry logins nor their plugins.
        "DOCKER_CONFIG", folder.resolve("client").toString(),
        // The builder inside the engine; the other one is a plugin that may not be installed.
        "DOCKER_BUILDKIT", "0",
        // Its watchdog is an image of a registry; the whole engine goes away instead.
        "TESTCONTAINERS_RYUK_DISABLED", "true",
        "TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1");
  }

  private static String host(Path folder) {
    return "unix://" + folder.resolve("docker.sock");
  }

  /**
   * Runs a command of the docker client and expects it to succeed.
   *
   * @return what it printed
   */
  public String docker(String... arguments) {
    Command.Result result = result(arguments);
    if (result.exitCode() != 0) {
      throw new BedException(
          "docker "
              + String.join(" ", arguments)
              + " ended with code "
              + result.exitCode()
              + ":\n"
              + result.output());
    }
    return result.output();
  }

  /** Runs a command of the docker client, whatever its exit code. */
  public Command.Result result(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(Arrays.asList(arguments));
    return run(directory, command);
  }

  private static Command.Result run(Path folder, List<String> command) {
    return Command.result(command, environment(folder), folder, A_WHILE);
  }

  public Path logFile() {
    return process.log();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * A container in the host's network leaves its name of it mounted: {@code exec/netns/default}.
   */
  private void unmountAll() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      String point = line.split(" ", 3)[1];
      if (Path.of(point).startsWith(directory)) {
        Command.run(
            List.of("umount", "--lazy", point), Map.of(), directory, Duration.ofSeconds(10));
      }
    }
  }

  /**
   * Removes every container, stops the engine, takes its network down and deletes its images.
   * Harmless when stopped.
   */
  @Override
  public void close() {
    if (process.isAlive()) {
      List<String> containers = docker("ps", "--all", "--quiet").lines().toList();
      if (!containers.isEmpty()) {
        List<String> command = new ArrayList<>(List.of("docker", "rm", "--force", "--volumes"));
        command.addAll(containers);
        run(directory, command);
      }
    }
    process.stop();
    network.restore();
    try {
      unmountAll();
      Trees.delete(directory.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
