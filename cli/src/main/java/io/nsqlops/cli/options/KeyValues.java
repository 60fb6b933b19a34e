package io.nsqlops.cli.options;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an option {@code K=V} that may be repeated. */
public final class KeyValues {
  private KeyValues() {}

  /**
   * Values by keys.
   *
   * <p>picocli has this for options that are maps, but takes the last of two for one key without a
   * word.
   *
   * @param option for messages
   * @throws OpsException USAGE if one has no key or no {@code =}, or a key is given two values
   */
  public static Map<String, String> of(String option, List<String> pairs) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1 || pair.substring(0, equals).isBlank()) {
        throw usage(
            option,
            "%s '%s' is not of the form NAME=VALUE".formatted(option, pair),
            "write it as " + option + " NAME=VALUE");
      }
      String key = pair.substring(0, equals);
      String value = pair.substring(equals + 1);
      String other = values.put(key, value);
      if (other != null && !other.equals(value)) {
        throw usage(
            option + " " + key,
            "%s gives %s two values: %s and %s".formatted(option, key, other, value),
            "leave one of them out");
      }
    }
    return values;
  }

  private static OpsException usage(String object, String message, String hint) {
    return new OpsException(ErrorKind.USAGE, object, message, hint);
  }
}
