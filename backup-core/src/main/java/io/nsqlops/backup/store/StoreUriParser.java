package io.nsqlops.backup.store;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.UriQuery;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@link StoreUri}s. Messages never repeat a part that could hold a password. */
final class StoreUriParser {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(//.*)");
  private static final Pattern S3_FORM = Pattern.compile("//([^/?#]*)(/[^?#]*)?(?:\\?([^#]*))?");
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
  private static final Pattern PREFIX =
      Pattern.compile("(?!\\.{1,2}(/|$))[^/]+(/(?!\\.{1,2}(/|$))[^/]+)*");

  private StoreUriParser() {}

  static StoreUri parse(String text) {
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.matches()) {
      return directory(text, text.startsWith("file:/") ? text.substring(5) : text);
    }
    String rest = scheme.group(2);
    return switch (scheme.group(1)) {
      case "s3" -> s3(text, rest);
      case "file" -> {
        if (!rest.startsWith("///")) {
          throw usage(text, "names a host, but a directory is on this machine");
        }
        yield directory(text, decoded(text, rest.substring(2)));
      }
      default -> throw usage(scheme.group(1) + "://…", "has an unknown scheme");
    };
  }

  private static StoreUri.Directory directory(String text, String path) {
    try {
      if (!path.isBlank()) {
        return new StoreUri.Directory(Path.of(path).toAbsolutePath().normalize());
      }
    } catch (InvalidPathException e) {
      throw usage(text, "is not a path");
    }
    throw usage(text, "is empty");
  }

  private static String decoded(String text, String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw usage(text, "has a % that is not followed by two hexadecimal digits");
    }
  }

  private static StoreUri.S3 s3(String text, String rest) {
    Matcher form = S3_FORM.matcher(rest);
    if (!form.matches()) {
      throw usage("s3:…", "is not of the form s3://bucket/prefix");
    }
    String bucket = form.group(1);
    if (bucket.contains("@")) {
      throw new OpsException(
          ErrorKind.USAGE,
          "s3://…",
          "the repository address holds credentials, where everyone can read them",
          "Give them by the AWS environment variables or a profile.");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw usage("s3:" + rest, "names no valid bucket");
    }
    String place = "s3://" + bucket;
    String prefix = prefix(place, form.group(2) == null ? "" : decoded(place, form.group(2)));
    S3Parameters parameters = new S3Parameters(place, query(place, form.group(3)));
    return new StoreUri.S3(
        bucket,
        prefix,
        parameters.endpoint(),
        parameters.region(),
        parameters.pathStyle(),
        parameters.options(),
        text);
  }

  private static Map<String, String> query(String place, @Nullable String query) {
    try {
      return UriQuery.parse(query);
    } catch (IllegalArgumentException e) {
      throw usage(place, String.valueOf(e.getMessage()));
    }
  }

  private static String prefix(String place, String path) {
    String prefix = path.replaceAll("^/+|/+$", "");
    if (!prefix.isEmpty() && !PREFIX.matcher(prefix).matches()) {
      throw usage(place + path, "has an empty, . or .. part in its prefix");
    }
    return prefix;
  }

  private static OpsException usage(String text, String what) {
    return new OpsException(
        ErrorKind.USAGE,
        text,
        "repository address " + text + " " + what,
        "Write s3://bucket/prefix?endpoint=URL&region=R&path-style=true, file:///dir or a"
            + " directory.");
  }
}
