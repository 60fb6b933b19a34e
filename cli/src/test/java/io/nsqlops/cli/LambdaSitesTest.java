package io.nsqlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside the list that the JVM itself writes. */
class LambdaSitesTest {
  @TempDir Path directory;

  @Test
  void everyLambdaThatTheJvmListsIsFound() throws Exception {
    Path list = directory.resolve("list");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:DumpLoadedClassList=" + list,
                "-cp",
                System.getProperty("java.class.path"),
                "io.nsqlops.cli.Main",
                "list",
                "--repo=" + directory.resolve("nothing"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(directory.resolve("said"))).isEqualTo(10);
    } finally {
      process.destroyForcibly();
    }
    // The JVM lists classes of jars only, so none of ours.
    List<String> listed =
        Files.readAllLines(list).stream()
            .filter(line -> line.startsWith("@lambda-proxy "))
            .toList();
    assertThat(listed).hasSizeGreaterThan(10);
    for (String line : listed) {
      assertThat(LambdaSites.lines(classFile(line.split(" ")[1]))).contains(line);
    }
  }

  private static byte[] classFile(String name) throws IOException {
    try (InputStream in =
        LambdaSitesTest.class.getClassLoader().getResourceAsStream(name + ".class")) {
      return in.readAllBytes();
    }
  }
}
