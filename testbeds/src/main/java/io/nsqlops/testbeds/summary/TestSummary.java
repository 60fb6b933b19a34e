package io.nsqlops.testbeds.summary;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prints how many tests of this build passed, failed and were skipped, and why they were skipped.
 *
 * <p>Only reports written since the build began count: older ones are left over from other builds.
 */
public final class TestSummary {
  private static final String REPORTS = "target/surefire-reports";

  private TestSummary() {}

  /**
   * @param arguments the root of the project; the instant the build began; {@code true} where the
   *     build was told to skip its tests
   * @throws IllegalStateException when no test ran although the build was not told so
   */
  public static void main(String[] arguments) throws IOException {
    boolean testsAreSkipped = List.of(arguments).subList(2, arguments.length).contains("true");
    print(
        Path.of(arguments[0]).normalize(),
        Instant.parse(arguments[1]),
        testsAreSkipped,
        System.out);
  }

  static void print(Path root, Instant began, boolean testsAreSkipped, PrintStream out)
      throws IOException {
    Totals totals = Totals.NONE;
    List<String> silent = new ArrayList<>();
    for (Path module : modules(root)) {
      Totals ofModule = totals(module.resolve(REPORTS), began);
      totals = totals.plus(ofModule);
      if (ofModule.all() == 0) {
        silent.add(String.valueOf(module.getFileName()));
      }
    }
    if (totals.all() == 0) {
      if (!testsAreSkipped) {
        throw new IllegalStateException("no test reports below " + root + ": did any test run?");
      }
      out.println("Tests: none ran, as the build was told to skip them");
      return;
    }
    print(totals, silent, out);
  }

  private static void print(Totals totals, List<String> silent, PrintStream out) {
    out.println();
    if (!silent.isEmpty()) {
      out.println("Modules with tests, none of which ran in this build: " + silent);
    }
    totals.skipReasons().entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(reason -> out.printf("Skipped %d: %s%n", reason.getValue(), reason.getKey()));
    out.printf(
        "Tests: %d passed, %d failed, %d skipped%n",
        totals.passed(), totals.failed(), totals.skipped());
  }

  private static List<Path> modules(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.isDirectory(folder.resolve("src/test/java")))
          .sorted()
          .toList();
    }
  }

  private static Totals totals(Path reports, Instant began) throws IOException {
    if (!Files.isDirectory(reports)) {
      return Totals.NONE;
    }
    Totals totals = Totals.NONE;
    try (Stream<Path> files = Files.list(reports)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        FileTime written = Files.getLastModifiedTime(file);
        if (name.matches("TEST-.*\\.xml") && !written.toInstant().isBefore(began)) {
          totals = totals.plus(ReportFile.read(file));
        }
      }
    }
    return totals;
  }
}
