package io.nsqlops.backup.store;

import io.nsqlops.backup.config.DurationText;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.S3Options.Checksum;
import io.nsqlops.backup.store.S3Options.Encryption;
import io.nsqlops.backup.store.S3Options.ObjectLock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands behind the question mark of an S3 address. Values are not repeated in messages. */
final class S3Parameters {
  private static final List<String> NAMES =
      List.of(
          "endpoint",
          "region",
          "path-style",
          "profile",
          "ca",
          "checksum",
          "storage-class",
          "sse",
          "sse-kms-key",
          "object-lock",
          "retain",
          "max-retries",
          "connect-timeout",
          "read-timeout");

  /** Objects of these have to be asked for hours before they can be read. */
  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

  private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final String place;
  private final Map<String, String> values;

  S3Parameters(String place, Map<String, String> values) {
    this.place = place;
    this.values = values;
    List<String> unknown = new ArrayList<>(values.keySet());
    unknown.removeAll(NAMES);
    if (!unknown.isEmpty()) {
      throw new OpsException(
          ErrorKind.USAGE,
          place,
          "repository address " + place + " has the unknown parameter " + printable(unknown.get(0)),
          "There are: " + String.join(", ", NAMES) + ".");
    }
  }

  private static String printable(String name) {
    return name.matches("[A-Za-z0-9_.-]{1,40}") ? name : "(not shown)";
  }

  @Nullable URI endpoint() {
    return read("endpoint", "http(s)://host:port", S3Parameters::endpoint);
  }

  /** The value itself is not told: it may hold a password. */
  private static @Nullable URI endpoint(String value) {
    URI uri = URI.create(value);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    return http && uri.getHost() != null && uri.getUserInfo() == null ? uri : null;
  }

  @Nullable String region() {
    return matching("region", "the name of a region", "[A-Za-z0-9-]+");
  }

  boolean pathStyle() {
    Boolean told = oneOf("path-style", Map.of("true", Boolean.TRUE, "false", Boolean.FALSE));
    return told == null ? values.containsKey("endpoint") : told;
  }

  S3Options options() {
    Checksum checksum = oneOf("checksum", byName(Checksum.values()));
    Encryption encryption =
        oneOf(
            "sse",
            Arrays.stream(Encryption.values()).collect(Collectors.toMap(Encryption::text, e -> e)));
    String kmsKey = matching("sse-kms-key", "the id or ARN of a key", "[A-Za-z0-9:/_.-]{1,2048}");
    if (kmsKey != null && encryption != Encryption.KMS) {
      throw problem("sse-kms-key", "goes with sse=aws:kms only");
    }
    return new S3Options(
        checksum == null ? Checksum.AUTO : checksum,
        read("ca", "a file", Path::of),
        storageClass(),
        encryption,
        kmsKey,
        objectLock(),
        read("max-retries", "a number from 0 to 20", S3Parameters::retries),
        wait("connect-timeout"),
        wait("read-timeout"),
        matching("profile", "the name of a profile", "[^\\p{Cntrl}\\[\\]]{1,128}"));
  }

  private @Nullable String storageClass() {
    String name =
        matching("storage-class", "the name of a storage class", "[A-Z0-9][A-Z0-9_-]{0,63}");
    if (name != null && ARCHIVES.contains(name)) {
      throw problem(
          "storage-class",
          "cannot be "
              + name
              + ": its objects cannot be read before they were asked for, and every"
              + " backup, prune and restore reads (GLACIER_IR can)");
    }
    return name;
  }

  private @Nullable ObjectLock objectLock() {
    Boolean governance =
        oneOf("object-lock", Map.of("governance", Boolean.TRUE, "compliance", Boolean.FALSE));
    Duration retain = duration("retain", LONGEST_RETENTION);
    if ((governance == null) != (retain == null)) {
      throw problem(
          governance == null ? "retain" : "object-lock",
          governance == null
              ? "goes with object-lock=governance or compliance only"
              : "needs retain=…, such as retain=30d");
    }
    return governance == null || retain == null ? null : new ObjectLock(governance, retain);
  }

  private @Nullable Duration wait(String name) {
    return duration(name, LONGEST_WAIT);
  }

  private @Nullable Duration duration(String name, Duration longest) {
    return read(
        name,
        "a duration such as 30s, up to " + DurationText.of(longest),
        value -> {
          Duration duration = DurationText.parse(value);
          return duration.isZero() || duration.compareTo(longest) > 0 ? null : duration;
        });
  }

  private static @Nullable Integer retries(String value) {
    int number = Integer.parseInt(value);
    return number >= 0 && number <= 20 ? number : null;
  }

  private @Nullable String matching(String name, String what, String pattern) {
    return read(name, what, value -> value.matches(pattern) ? value : null);
  }

  private static <E extends Enum<E>> Map<String, E> byName(E[] all) {
    return Arrays.stream(all)
        .collect(Collectors.toMap(e -> e.name().toLowerCase(Locale.ROOT), e -> e));
  }

  private <T> @Nullable T oneOf(String name, Map<String, T> choices) {
    return read(
        name, choices.keySet().stream().sorted().collect(Collectors.joining(" or ")), choices::get);
  }

  private <T> @Nullable T read(String name, String what, Function<String, @Nullable T> reader) {
    String value = values.get(name);
    if (value == null) {
      return null;
    }
    try {
      T read = reader.apply(value);
      if (read != null) {
        return read;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw problem(name, "is not " + what);
  }

  private OpsException problem(String name, String what) {
    return new OpsException(
        ErrorKind.USAGE,
        place,
        "repository address " + place + " has a wrong parameter: " + name + " " + what,
        "See docs/object-stores.md, or leave " + name + " out.");
  }
}
