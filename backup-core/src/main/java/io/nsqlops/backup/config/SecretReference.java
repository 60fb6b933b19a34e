package io.nsqlops.backup.config;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is kept: {@code file:PATH} or {@code env:NAME}. The value is read on each {@link
 * #resolve()}, never held, so that a rotated file is picked up and nothing can print it.
 */
public record SecretReference(Place place, String name) {

  /** Kinds of place. */
  public enum Place {
    FILE("file:"),
    ENVIRONMENT("env:");

    private final String prefix;

    Place(String prefix) {
      this.prefix = prefix;
    }
  }

  public SecretReference {
    if (name.isBlank()) {
      throw new IllegalArgumentException("names no file and no variable");
    }
  }

  /**
   * Reads a reference as it stands in the configuration file.
   *
   * @throws IllegalArgumentException if the text is no reference; the message does not repeat the
   *     text, which may be the secret itself
   */
  public static SecretReference parse(String text) {
    for (Place place : Place.values()) {
      if (text.startsWith(place.prefix)) {
        return new SecretReference(place, text.substring(place.prefix.length()));
      }
    }
    throw new IllegalArgumentException(
        "must be file:PATH or env:NAME; a secret is never written into the file itself");
  }

  public static SecretReference file(Path path) {
    return new SecretReference(Place.FILE, path.toString());
  }

  /**
   * Reads the secret now.
   *
   * @return the value without the line end a text editor leaves behind
   * @throws OpsException of kind USAGE if it is not there or empty
   */
  public String resolve() {
    return resolve(System::getenv);
  }

  String resolve(UnaryOperator<@Nullable String> environment) {
    String value =
        switch (place) {
          case FILE -> readFile();
          case ENVIRONMENT -> readVariable(environment);
        };
    if (value.isEmpty()) {
      throw missing("is empty", null);
    }
    return value;
  }

  private String readFile() {
    try {
      return withoutLineEnd(Files.readString(Path.of(name), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw missing("cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private String readVariable(UnaryOperator<@Nullable String> environment) {
    String value = environment.apply(name);
    if (value == null) {
      throw missing("is not set", null);
    }
    return value;
  }

  private static String withoutLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private OpsException missing(String what, @Nullable Throwable cause) {
    String hint =
        switch (place) {
          case FILE -> "create the file with the secret as its only content, readable by this user";
          case ENVIRONMENT -> "export the variable before the start, or use file: instead";
        };
    return new OpsException(
        ErrorKind.USAGE, toString(), "the secret " + this + " " + what, hint, cause);
  }

  /** The reference, as in the configuration file. */
  @Override
  public String toString() {
    return place.prefix + name;
  }
}
