package io.nsqlops.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Loads what commands usually load, so that the JVM can list it for an archive: the launcher runs
 * this once. Whatever fails here only means that a class is not in the archive. The lambdas of
 * these classes go to the file that is the argument, as further lines of that list.
 */
public final class ClassArchive {
  /** Jars of which all classes are loaded, because their use needs a server. */
  private static final List<String> WHOLE =
      List.of("backup-core-", "cli-", "log-shipper-", "mysql-connector-j-");

  /** Parts of them that no command uses. */
  private static final List<String> UNUSED =
      List.of(
          "com.mysql.cj.admin.",
          "com.mysql.cj.jdbc.admin.",
          "com.mysql.cj.jdbc.exceptions.",
          "com.mysql.cj.jdbc.ha.",
          "com.mysql.cj.jdbc.integration.",
          "com.mysql.cj.jdbc.interceptors.",
          "com.mysql.cj.jdbc.jmx.",
          "com.mysql.cj.protocol.x.",
          "com.mysql.cj.x.",
          "com.mysql.cj.xdevapi.");

  private static final String CONFIG =
      """
      logs:
        state-directory: %1$s/state
        sources:
          - { paths: [ "%1$s/*" ] }
        elasticsearch: { urls: [ "http://127.0.0.1:1" ] }
      """;

  private ClassArchive() {}

  public static void main(String[] arguments) throws IOException {
    Path scratch = Files.createTempDirectory("nsql-ops");
    try {
      run(scratch);
    } finally {
      try (Stream<Path> files = Files.walk(scratch)) {
        files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
      }
    }
    Set<String> lambdas = new LinkedHashSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      String name = Path.of(entry).getFileName().toString();
      if (WHOLE.stream().anyMatch(name::startsWith)) {
        load(entry, lambdas);
      }
    }
    Files.write(Path.of(arguments[0]), lambdas);
  }

  private static void run(Path scratch) throws IOException {
    Path secret = Files.writeString(scratch.resolve("secret"), "for the archive of classes");
    Path config = Files.writeString(scratch.resolve("config.yaml"), CONFIG.formatted(scratch));
    String repository = scratch.resolve("repository").toString();
    for (String line :
        List.of(
            "--help",
            "init --repo=" + repository + " --passphrase-file=" + secret,
            "list --repo=" + repository + " --passphrase-file=" + secret,
            "list --output=json --repo=" + repository + " --passphrase-file=" + secret,
            // nobody listens there: everything up to the connection is loaded
            "list --repo=s3://none/none?endpoint=http://127.0.0.1:1&region=none",
            "backup --source=mysql://127.0.0.1:1 --repo="
                + repository
                + " --passphrase-file="
                + secret,
            "doctor --config=" + config)) {
      PrintStream nowhere =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      Main.run(List.of(line.split(" ", -1)), nowhere, nowhere);
    }
  }

  private static void load(String jar, Set<String> lambdas) throws IOException {
    try (JarFile file = new JarFile(jar)) {
      for (JarEntry entry : file.stream().filter(ClassArchive::isUsed).toList()) {
        if (loadClass(className(entry))) {
          try (InputStream in = file.getInputStream(entry)) {
            lambdas.addAll(LambdaSites.lines(in.readAllBytes()));
          } catch (RuntimeException e) {
            // a class file of a kind that is newer than its reader
          }
        }
      }
    }
  }

  private static boolean isUsed(JarEntry entry) {
    return entry.getName().endsWith(".class")
        && !entry.getName().startsWith("META-INF/")
        && UNUSED.stream().noneMatch(className(entry)::startsWith);
  }

  private static String className(JarEntry entry) {
    String name = entry.getName();
    return name.substring(0, name.length() - ".class".length()).replace('/', '.');
  }

  /** Whether there is that class; one that needs a library that is not there is never used. */
  private static boolean loadClass(String name) {
    try {
      Class.forName(name, false, ClassArchive.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
