package io.nsqlops.demo;

import io.nsqlops.testbeds.cache.Trees;
import io.nsqlops.testbeds.process.ServerProcess;
import io.nsqlops.testbeds.process.WaitToTheEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The temporary folder everything happens in.
 *
 * <p>It and every server in it are gone afterwards, whichever way this process ends: closed, by a
 * shutdown hook, or, where neither runs (a second Ctrl+C, {@code kill -9}), by a guard: a small
 * shell that waits for this process to be gone.
 */
final class Workspace implements AutoCloseable {
  private final Path directory;
  private final Process guard;
  private final Thread hook = new Thread(this::clean, "demo-end");
  private boolean cleaned;

  private Workspace(Path directory, Process guard) {
    this.directory = directory;
    this.guard = guard;
  }

  static Workspace create() throws IOException {
    // Elasticsearch runs as nobody where this is root, and must get through to its own folder.
    Path directory =
        Files.createDirectory(
            Path.of(System.getProperty("java.io.tmpdir"), "nsql-ops-demo-" + hex(3)),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    Workspace made = new Workspace(directory, guard(directory));
    Runtime.getRuntime().addShutdownHook(made.hook);
    return made;
  }

  Path directory() {
    return directory;
  }

  /** A file with a new random secret, for this user's eyes only. */
  Path secret(String name) throws IOException {
    Path file =
        Files.createFile(
            directory.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, hex(24) + "\n");
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static Process guard(Path directory) throws IOException {
    try (InputStream script = Workspace.class.getResourceAsStream("guard.sh")) {
      if (script == null) {
        throw new IllegalStateException("missing resource guard.sh");
      }
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      return new ProcessBuilder("sh", "-c", text, "nsql-ops-demo-guard", directory.toString())
          .directory(Path.of("/").toFile())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    }
  }

  private synchronized void clean() {
    if (cleaned) {
      return;
    }
    cleaned = true;
    ServerProcess.killAll();
    IOException inTheWay = null;
    try {
      Trees.delete(directory);
    } catch (IOException e) {
      // Something was started while its parent was killed: the guard ends it and deletes again.
      inTheWay = e;
    }
    try {
      // The end of its input is what the guard waits for.
      guard.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the guard of " + directory, e);
    }
    WaitToTheEnd.of(guard::waitFor);
    if (Files.exists(directory)) {
      throw new IllegalStateException("cannot delete " + directory, inTheWay);
    }
  }

  /** Also where this thread is interrupted: that asked for exactly this. */
  @Override
  public void close() {
    clean();
  }
}
