package io.nsqlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script, in an installation made for the test. */
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "nsql-ops").toAbsolutePath().normalize();

  @TempDir static Path shared;

  @TempDir Path directory;
  private static Path installation;
  private static Path launcher;

  @BeforeAll
  static void install() throws IOException {
    installation = shared.resolve("installation");
    Path lib = Files.createDirectories(installation.resolve("lib"));
    launcher = launcherIn(installation);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (entry.endsWith(".jar")) {
        Files.copy(path, lib.resolve(path.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      } else if (path.endsWith("target/classes")) {
        jar(path, lib.resolve(path.getName(path.getNameCount() - 3) + "-0.jar"));
      }
    }
  }

  private static Path launcherIn(Path home) throws IOException {
    Path copy = Files.createDirectories(home.resolve("bin")).resolve("nsql-ops");
    Files.copy(SCRIPT, copy);
    assertThat(copy.toFile().setExecutable(true)).isTrue();
    return copy;
  }

  @Test
  void startsWithASharedArchiveThatIsMadeOnce() throws Exception {
    Run first = run(Map.of(), launcher, "--version");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).matches("nsql-ops \\d+\\.\\d+\\.\\d+.*\\R");
    assertThat(first.err()).isEmpty();
    Path archive = archive();
    assertThat(archive).isNotEmptyFile();
    Object made = Files.getLastModifiedTime(archive);

    Run second =
        run(
            Map.of("NSQL_OPS_JAVA_OPTS", "-Xshare:on -Xlog:class+load:stderr"),
            launcher,
            "list",
            "--repo=" + directory.resolve("none"));

    assertThat(second.code()).isEqualTo(10);
    assertThat(second.err()).contains("io.nsqlops.cli.Main source: shared objects file");
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
  }

  @Test
  void theArchiveHoldsTheLambdasOfCommandsThatWereNotRunForIt() throws Exception {
    assertThat(run(Map.of(), launcher, "--version").code()).isZero();

    Run restore =
        run(
            Map.of(
                "NSQL_OPS_JAVA_OPTS", "-Xlog:class+load:stderr", "NSQL_OPS_PASSPHRASE", "unused"),
            launcher,
            "restore",
            "--target=mysql://nobody@127.0.0.1:1",
            "--repo=" + directory.resolve("none"));

    assertThat(restore.code()).as(restore.err()).isEqualTo(10);
    assertThat(restore.err().lines().filter(line -> line.contains(" io.nsqlops.cli.command.")))
        .isNotEmpty();
    assertThat(restore.err().lines().filter(l -> l.matches(".* io\\.nsqlops\\..*\\$\\$Lambda.*")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith("source: shared objects file"));
  }

  @Test
  void aMovedInstallationMakesItsArchiveAnew() throws Exception {
    Path moved = directory.resolve("moved");
    Path copy = launcherIn(moved);
    Path lib = Files.createDirectory(moved.resolve("lib"));
    try (Stream<Path> jars = Files.list(installation.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.createLink(lib.resolve(jar.getFileName()), jar);
      }
    }
    assertThat(run(Map.of(), launcher, "--version").code()).isZero();
    Path archive = archive();
    for (String name : List.of("", ".place")) {
      Path original = Path.of(archive + name);
      Files.copy(original, moved.resolve(original.getFileName()));
    }

    Run run =
        run(Map.of("NSQL_OPS_JAVA_OPTS", "-Xshare:on -Xlog:class+load:stderr"), copy, "--version");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("io.nsqlops.cli.Main source: shared objects file");
  }

  @Test
  void isFoundThroughLinksAndPassesArgumentsOnAsTheyAre() throws Exception {
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, directory.relativize(launcher));

    Run run = run(Map.of(), link, "list", "--repo=" + directory.resolve("no * such  place"));

    assertThat(run.code()).isEqualTo(10);
    assertThat(run.err()).contains("no * such  place");
  }

  @Test
  void namesAreUtf8EvenWithoutALocale() throws Exception {
    // a script, because this JVM itself may be unable to pass such an argument on
    Path script = directory.resolve("script");
    Files.writeString(script, "exec '" + launcher + "' list --repo=/größe/日本\n");
    for (String locale : new String[] {"", "C", "C.UTF-8"}) {
      Run run = run(Map.of("LC_ALL", locale, "LANG", ""), Path.of("/bin/sh"), script.toString());

      assertThat(run.code()).isEqualTo(10);
      assertThat(run.err()).as(locale).contains("/größe/日本");
    }
  }

  @Test
  void mayLieWhereSpacesAreInTheName() throws Exception {
    Path spaced = directory.resolve("some where");
    Path copy = launcherIn(spaced);
    Files.createSymbolicLink(spaced.resolve("lib"), installation.resolve("lib"));

    Run run = run(Map.of(), copy, "--version");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("nsql-ops ");
  }

  @Test
  void tellsAnOldJavaFromAGoodOne() throws Exception {
    Path old = directory.resolve("old");
    Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 99\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.20\"\n");

    Run run = run(Map.of("JAVA_HOME", old.toString()), launcher, "--version");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("is Java 11.0.20").contains("HINT: install a JDK or JRE 17");
    Run none = run(Map.of("JAVA_HOME", directory.toString()), launcher, "--version");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("JAVA_HOME");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Run run = run(Map.of(), launcherIn(directory), "--version");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("there is no nsql-ops in");
  }

  @Test
  void theHeapIsTheUsersToChoose() throws Exception {
    Run run =
        run(
            Map.of("NSQL_OPS_HEAP", "123m", "NSQL_OPS_JAVA_OPTS", "-XshowSettings:vm"),
            launcher,
            "--version");

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("Max. Heap Size: 123.00M");
    Run wrong = run(Map.of("NSQL_OPS_HEAP", "much"), launcher, "--version");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("NSQL_OPS_HEAP is no size: much", "HINT: ");
    Map<String, String> settings = Map.of("NSQL_OPS_JAVA_OPTS", "-XshowSettings:vm");
    assertThat(run(settings, launcher, "list", "--help").err()).contains("Max. Heap Size: 256.00M");
    assertThat(run(settings, launcher, "ship-logs", "--help").err())
        .contains("Max. Heap Size: 96.00M");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void nativeLibrariesAreUsedWhereTheyLieAndNotUnpackedAtEachStart() throws Exception {
    Path withLibraries = directory.resolve("withLibraries");
    Path copy = launcherIn(withLibraries);
    Path lib = Files.createDirectory(withLibraries.resolve("lib"));
    Path libraries = Files.createDirectories(lib.resolve("native").resolve("linux-x86_64"));
    try (Stream<Path> jars = Files.list(installation.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.createLink(lib.resolve(jar.getFileName()), jar);
        String name = jar.getFileName().toString();
        if (name.startsWith("AmazonCorrettoCryptoProvider-")) {
          unpack(jar, "com/amazon/corretto/crypto/provider/", libraries);
        } else if (name.startsWith("zstd-jni-")) {
          unpack(jar, "linux/amd64/", libraries);
        }
      }
    }
    // nothing can be unpacked here
    String nowhere = "-Djava.io.tmpdir=" + directory.resolve("missing");

    Run run =
        run(
            Map.of(
                "NSQL_OPS_JAVA_OPTS", nowhere,
                "NSQL_OPS_CRYPTO", "native",
                "NSQL_OPS_PASSPHRASE", "a passphrase"),
            copy,
            "init",
            "--repo=" + directory.resolve("repository"));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
  }

  private static void unpack(Path jar, String folder, Path to) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().filter(e -> e.getName().startsWith(folder)).toList()) {
        String name = entry.getName().substring(folder.length());
        if (name.startsWith("lib") && name.endsWith(".so")) {
          Files.copy(file.getInputStream(entry), to.resolve(name));
        }
      }
    }
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.list(installation)) {
      return files.filter(f -> f.toString().endsWith(".jsa")).findFirst().orElseThrow();
    }
  }

  private Run run(Map<String, String> environment, Path script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the launcher hangs: " + Files.readString(err));
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        Files.copy(path, out);
        out.closeEntry();
      }
    }
  }
}
