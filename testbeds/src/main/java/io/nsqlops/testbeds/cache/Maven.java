package io.nsqlops.testbeds.cache;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.process.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user's own Maven, run as a program, so that settings, mirrors and the local repository are
 * those of every other build of this user.
 */
public final class Maven {
  private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:";
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private Maven() {}

  /** The program, if there is one: {@code maven.home}, {@code MAVEN_HOME}, or on the PATH. */
  public static Optional<Path> program() {
    List<Path> candidates = new ArrayList<>();
    for (String home : new String[] {System.getProperty("maven.home"), env("MAVEN_HOME")}) {
      if (home != null && !home.isBlank()) {
        candidates.add(Path.of(home, "bin", "mvn"));
      }
    }
    for (String folder : env("PATH").split(File.pathSeparator, -1)) {
      candidates.add(Path.of(folder, "mvn"));
    }
    return candidates.stream().filter(Files::isExecutable).findFirst();
  }

  /**
   * Copies one artifact into a folder.
   *
   * @param coordinates {@code group:artifact:version[:packaging]}
   * @return the copied file
   */
  public static Path copy(String coordinates, Path folder) throws IOException {
    run(
        coordinates,
        folder,
        List.of(PLUGIN + "copy", "-Dartifact=" + coordinates, "-DoutputDirectory=" + folder));
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.toList();
      if (found.size() != 1) {
        throw new IOException("expected one file for " + coordinates + ", found " + found);
      }
      return found.get(0);
    }
  }

  /** Copies all jars that the dependencies of a POM need at run time into a folder. */
  public static void copyDependencies(Path pom, Path folder) {
    run(
        pom.toString(),
        folder,
        List.of(
            "-f",
            pom.toString(),
            PLUGIN + "copy-dependencies",
            "-DincludeScope=runtime",
            "-DoutputDirectory=" + folder));
  }

  private static void run(String what, Path folder, List<String> arguments) {
    Path program =
        program()
            .orElseThrow(
                () ->
                    new BedException(
                        "Maven is needed to fetch "
                            + what
                            + ", and neither MAVEN_HOME nor the PATH leads to it"));
    List<String> command = new ArrayList<>(List.of(program.toString(), "-q", "-B"));
    String repository = System.getProperty("maven.repo.local");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    command.addAll(arguments);
    Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
    // Not in this JVM's folder: a pom.xml there would take part.
    Command.run(command, environment, folder, LONGEST);
  }

  private static String env(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }
}
