package io.nsqlops.logs.config;

import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Where a secret is: {@code file:/path} or {@code env:NAME}. The secret itself is never kept. */
public record SecretRef(Kind kind, String name) {
  /** Kinds of places. */
  public enum Kind {
    FILE,
    ENV
  }

  /**
   * The reference written as this text.
   *
   * @throws IllegalArgumentException if this is no reference; the text is not repeated, it may be
   *     the secret itself
   */
  public static SecretRef of(String text) {
    for (Kind kind : Kind.values()) {
      String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
      if (text.startsWith(prefix) && text.length() > prefix.length()) {
        return new SecretRef(kind, text.substring(prefix.length()));
      }
    }
    throw new IllegalArgumentException("must be file:/path or env:NAME, never the secret itself");
  }

  /** Reads the secret, without the line end a file may close with. */
  public String resolve() {
    if (kind == Kind.ENV) {
      String value = System.getenv(name);
      if (value == null || value.isEmpty()) {
        throw new LogsException(
            ErrorKind.USAGE, toString(), "the variable is not set", "Set it, or refer to a file.");
      }
      return value;
    }
    try {
      String secret = Files.readString(Path.of(name)).stripTrailing();
      if (secret.isEmpty()) {
        throw new LogsException(
            ErrorKind.USAGE, toString(), "the file is empty", "Write the secret into it.");
      }
      return secret;
    } catch (IOException | InvalidPathException e) {
      throw new LogsException(
          ErrorKind.USAGE,
          toString(),
          "the secret cannot be read: " + e,
          "Check that the file exists and this user may read it.",
          e);
    }
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
  }
}
