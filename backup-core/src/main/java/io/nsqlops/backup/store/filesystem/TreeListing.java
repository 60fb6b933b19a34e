package io.nsqlops.backup.store.filesystem;

import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectKeys;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The objects below a prefix in key order, one directory at a time. A directory sorts as its name
 * and a slash, which is what its objects' keys go on with. What vanishes meanwhile is left out, and
 * so is everything whose name is no object key.
 */
final class TreeListing implements Iterator<ObjectInfo> {
  private final Path root;
  private final String prefix;

  /** Next entry on top; those of the deepest open directory come first. */
  private final Deque<String> pending = new ArrayDeque<>();

  private @Nullable ObjectInfo next;

  TreeListing(Path root, String prefix) {
    this.root = root;
    this.prefix = prefix;
    pending.push(prefix.substring(0, prefix.lastIndexOf('/') + 1));
  }

  @Override
  public boolean hasNext() {
    while (next == null && !pending.isEmpty()) {
      String entry = pending.pop();
      if (entry.isEmpty() || entry.endsWith("/")) {
        open(entry);
      } else {
        next = look(entry);
      }
    }
    return next != null;
  }

  @Override
  public ObjectInfo next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ObjectInfo found = next;
    next = null;
    if (found == null) {
      throw new NoSuchElementException();
    }
    return found;
  }

  private void open(String directory) {
    Path path = root.resolve(directory);
    List<String> entries = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
      for (Path child : children) {
        String key = directory + child.getFileName();
        if (ObjectKeys.isKey(key)) {
          String entry = Files.isDirectory(child) ? key + "/" : key;
          if (entry.startsWith(prefix) || prefix.startsWith(entry)) {
            entries.add(entry);
          }
        }
      }
    } catch (IOException e) {
      if (e instanceof NotDirectoryException || FileErrors.isAbsence(e)) {
        return;
      }
      throw FileErrors.translate(e, path, "list");
    }
    entries.sort(Collections.reverseOrder());
    entries.forEach(pending::push);
  }

  private @Nullable ObjectInfo look(String key) {
    Path path = root.resolve(key);
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? new ObjectInfo(key, attributes.size(), attributes.lastModifiedTime().toInstant())
          : null;
    } catch (IOException e) {
      if (FileErrors.isAbsence(e)) {
        return null;
      }
      throw FileErrors.translate(e, path, "look at");
    }
  }
}
