package io.nsqlops.testbeds.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks zip and jar files. */
public final class Zip {
  private Zip() {}

  /**
   * Unpacks the entries below a prefix, without the prefix.
   *
   * @param prefix ends with a slash, or is empty for everything
   */
  public static void unpack(Path zip, String prefix, Path target) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.getName().startsWith(prefix)) {
          unpack(file, entry, target, entry.getName().substring(prefix.length()));
        }
      }
    }
  }

  private static void unpack(ZipFile file, ZipEntry entry, Path target, String name)
      throws IOException {
    Path path = target.resolve(name).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("entry outside of the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    if (path.getParent() != null) {
      Files.createDirectories(path.getParent());
    }
    try (InputStream content = file.getInputStream(entry)) {
      Files.copy(content, path);
    }
  }
}
