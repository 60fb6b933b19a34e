package io.nsqlops.logs.tail;

import io.nsqlops.logs.model.FileKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What one look at a file tells.
 *
 * @param modified nanoseconds since 1970
 */
record FileStat(FileKey key, long size, long modified, Kind kind) {
  private static final String ATTRIBUTES =
      "unix:dev,ino,size,creationTime,lastModifiedTime,isRegularFile,isSymbolicLink";

  private static final int MOST_ASKED = 1000;

  private static final Set<Long> WITH_BIRTH = ConcurrentHashMap.newKeySet();

  /** How often directories of a device were asked in vain. */
  private static final Map<Long, Integer> ASKED = new ConcurrentHashMap<>();

  enum Kind {
    REGULAR,
    LINK,
    OTHER
  }

  static FileStat of(Path path, LinkOption... options) throws IOException {
    Map<String, Object> a = Files.readAttributes(path, ATTRIBUTES, options);
    long modified = nanos((FileTime) value(a, "lastModifiedTime"));
    long created = nanos((FileTime) value(a, "creationTime"));
    long device = number(a, "dev");
    // Where the file system knows no birth the JDK answers with the time of modification. One file
    // for which both differ tells that this device does know; for one that was written at once and
    // never since they do not, and its directory is asked.
    boolean unknown = !WITH_BIRTH.contains(device);
    if (created != modified || (unknown && mayAsk(device) && directoryTells(path, device))) {
      WITH_BIRTH.add(device);
    }
    long birth = WITH_BIRTH.contains(device) ? created : 0;
    FileKey key = new FileKey(device, number(a, "ino"), birth);
    return new FileStat(key, number(a, "size"), modified, kind(a));
  }

  /** A device that knows no births is not asked for ever. */
  private static boolean mayAsk(long device) {
    return ASKED.merge(device, 1, Integer::sum) <= MOST_ASKED;
  }

  private static boolean directoryTells(Path path, long device) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return false;
    }
    Map<String, Object> a = Files.readAttributes(directory, ATTRIBUTES);
    return number(a, "dev") == device
        && nanos((FileTime) value(a, "creationTime"))
            != nanos((FileTime) value(a, "lastModifiedTime"));
  }

  private static Kind kind(Map<String, Object> attributes) {
    if ((Boolean) value(attributes, "isRegularFile")) {
      return Kind.REGULAR;
    }
    return (Boolean) value(attributes, "isSymbolicLink") ? Kind.LINK : Kind.OTHER;
  }

  private static long number(Map<String, Object> attributes, String name) {
    return ((Number) value(attributes, name)).longValue();
  }

  private static Object value(Map<String, Object> attributes, String name) {
    Object value = attributes.get(name);
    if (value == null) {
      throw new IllegalStateException("no attribute " + name);
    }
    return value;
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
