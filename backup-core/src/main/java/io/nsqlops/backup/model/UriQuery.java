package io.nsqlops.backup.model;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a URL behind the question mark. */
public final class UriQuery {
  private UriQuery() {}

  /**
   * Names and values, decoded, in order; a name without {@code =} has an empty value.
   *
   * @throws IllegalArgumentException if a name comes twice or is not encoded right; the message
   *     follows the name of the whole, and repeats nothing of it
   */
  public static Map<String, String> parse(@Nullable String rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (rawQuery == null || rawQuery.isEmpty()) {
      return parameters;
    }
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (parameters.put(decode(name), decode(value)) != null) {
        throw new IllegalArgumentException("gives the same parameter twice");
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "has a % that is not followed by two hexadecimal digits", e);
    }
  }
}
