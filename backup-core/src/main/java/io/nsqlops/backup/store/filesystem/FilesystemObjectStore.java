package io.nsqlops.backup.store.filesystem;

import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectKeys;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.StoreCapabilities;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files of a directory tree.
 *
 * <p>A new object is written to a temporary file of the same tree and then linked under its name,
 * which the file system refuses if the name is taken. A killed process leaves at most temporary
 * files; they are in no listing and a later writer removes them.
 */
public final class FilesystemObjectStore implements ObjectStore {
  private final Path root;
  private final TemporaryFiles temporary;

  /**
   * @param root need not exist; the first put creates it
   */
  public FilesystemObjectStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.temporary = new TemporaryFiles(this.root);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    Path target = path(key);
    try {
      // Also where nothing is written: whoever wrote it may not have got to this yet.
      if (Files.exists(target)) {
        Durable.directory(parent(target));
        return false;
      }
      Path file = temporary.write(content);
      try {
        boolean created = publishNew(file, target);
        Durable.directory(parent(target));
        return created;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw FileErrors.translate(e, target, "write");
    }
  }

  private boolean publishNew(Path file, Path target) throws IOException {
    Durable.createDirectories(root, parent(target));
    try {
      Files.createLink(target, file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (temporary.supportLinks()) {
        throw e;
      }
    }
    // The weaker rule for file systems without links; probe() tells.
    if (Files.exists(target)) {
      return false;
    }
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  @Override
  public void put(String key, byte[] content) {
    Path target = path(key);
    try {
      Path file = temporary.write(content);
      try {
        Durable.createDirectories(root, parent(target));
        Files.move(
            file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Durable.directory(parent(target));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw FileErrors.translate(e, target, "write");
    }
  }

  @Override
  public Optional<byte[]> get(String key) {
    Path path = path(key);
    try {
      return Optional.of(Files.readAllBytes(path));
    } catch (IOException e) {
      if (FileErrors.isAbsence(e)) {
        return Optional.empty();
      }
      throw FileErrors.translate(e, path, "read");
    }
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    Path path = path(key);
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(
              new ObjectInfo(key, attributes.size(), attributes.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (IOException e) {
      if (FileErrors.isAbsence(e)) {
        return Optional.empty();
      }
      throw FileErrors.translate(e, path, "look at");
    }
  }

  @Override
  public Stream<ObjectInfo> list(String prefix) {
    ObjectKeys.checkPrefix(prefix);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new TreeListing(root, prefix),
            Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL),
        false);
  }

  @Override
  public void delete(String key) {
    deleteAll(List.of(key));
  }

  @Override
  public Set<String> deleteAll(List<String> keys) {
    Set<Path> changed = new LinkedHashSet<>();
    for (String key : keys) {
      Path path = path(key);
      try {
        if (!Files.isDirectory(path) && Files.deleteIfExists(path)) {
          changed.add(parent(path));
        }
      } catch (IOException e) {
        if (!FileErrors.isAbsence(e)) {
          throw FileErrors.translate(e, path, "delete");
        }
      }
    }
    // what is deleted next may count on these being gone for good
    for (Path directory : changed) {
      try {
        Durable.directory(directory);
      } catch (IOException e) {
        throw FileErrors.translate(e, directory, "delete from");
      }
    }
    return Set.of();
  }

  @Override
  public StoreCapabilities probe() {
    String key = ObjectKeys.PROBE + UUID.randomUUID();
    try {
      boolean first = putIfAbsent(key, new byte[] {1});
      boolean second = putIfAbsent(key, new byte[] {2});
      return new StoreCapabilities(first && !second && temporary.supportLinks());
    } catch (IOException e) {
      throw FileErrors.translate(e, root, "probe");
    } finally {
      delete(key);
    }
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public void close() {}

  private Path path(String key) {
    return root.resolve(ObjectKeys.check(key));
  }

  private Path parent(Path target) {
    @Nullable Path parent = target.getParent();
    return parent == null ? root : parent;
  }
}
