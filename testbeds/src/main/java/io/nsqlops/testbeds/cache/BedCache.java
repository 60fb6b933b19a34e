package io.nsqlops.testbeds.cache;

import io.nsqlops.testbeds.BedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Installed servers, one folder {@code NAME-VERSION} each, below {@code $NSQL_OPS_TESTBEDS} or
 * {@code ~/.cache/nsql-ops/testbeds}.
 *
 * <p>A folder is complete when it holds the file {@value #COMPLETE}: installs happen in a temporary
 * folder beside it that is renamed at the end. {@code testbeds/install} keeps to the same rule.
 */
public final class BedCache {
  static final String COMPLETE = ".complete";

  /** Writes the tree of a bed into an empty folder. */
  @FunctionalInterface
  public interface Installer {
    void install(Path directory) throws IOException;
  }

  private final Path root;

  public BedCache(Path root) {
    this.root = root.toAbsolutePath();
  }

  /** The cache of this user. */
  public static BedCache ofUser() {
    String own = System.getenv("NSQL_OPS_TESTBEDS");
    if (own != null && !own.isBlank()) {
      return new BedCache(Path.of(own));
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return new BedCache(caches.resolve("nsql-ops").resolve("testbeds"));
  }

  public Path root() {
    return root;
  }

  /** The folder of a bed, if it is installed. */
  public Optional<Path> find(String name, String version) {
    Path directory = root.resolve(name + "-" + version);
    return Files.exists(directory.resolve(COMPLETE)) ? Optional.of(directory) : Optional.empty();
  }

  /** The folder of the installed version of a bed with the highest name, if there is one. */
  public Optional<Path> findAny(String name) {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith(name + "-"))
          .filter(folder -> Files.exists(folder.resolve(COMPLETE)))
          .max(Path::compareTo);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The folder of a bed, installed first where it is not there. Safe against other threads and
   * processes doing the same and against being killed in the middle.
   */
  public Path require(String name, String version, Installer installer) {
    Optional<Path> found = find(name, version);
    if (found.isPresent()) {
      return found.get();
    }
    // One install at a time in this JVM: file locks only hold between processes.
    synchronized (BedCache.class) {
      try {
        return installLocked(name, version, installer);
      } catch (IOException e) {
        throw new BedException("cannot install " + name + " " + version + " in " + root, e);
      }
    }
  }

  private Path installLocked(String name, String version, Installer installer) throws IOException {
    Files.createDirectories(root);
    Path lock = root.resolve(".lock-" + name + "-" + version);
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      Optional<Path> found = find(name, version);
      if (held.isValid() && found.isPresent()) {
        return found.get();
      }
      return install(name, version, installer);
    }
  }

  private Path install(String name, String version, Installer installer) throws IOException {
    Path target = root.resolve(name + "-" + version);
    Trees.delete(target);
    deleteLeftovers("." + name + "-" + version + ".");
    Path temporary = Files.createTempDirectory(root, "." + name + "-" + version + ".");
    try {
      // Servers that refuse to run as root run as another user and must read this.
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
      installer.install(temporary);
      Files.createFile(temporary.resolve(COMPLETE));
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      return target;
    } finally {
      Trees.delete(temporary);
    }
  }

  private void deleteLeftovers(String prefix) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.toList()) {
        if (folder.getFileName().toString().startsWith(prefix)) {
          Trees.delete(folder);
        }
      }
    }
  }
}
