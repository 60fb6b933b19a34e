package io.nsqlops.cli.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which build this is. Answered without anything else being loaded. */
public final class Version {
  private static final String RESOURCE = "/io/nsqlops/cli/version";

  private Version() {}

  /** {@code 0.1.0}. */
  public static String number() {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code nsql-ops 0.1.0}. */
  public static String line() {
    return "nsql-ops " + number();
  }
}
