package io.nsqlops.backup.error;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure told in the user's terms: what happened, to which object, and what to do next.
 *
 * <p>Messages never contain secrets.
 */
public final class OpsException extends RuntimeException {
  private final ErrorKind kind;
  private final String object;
  private final String hint;
  private final List<String> lines;

  public OpsException(ErrorKind kind, String object, String message, String hint) {
    this(kind, object, message, hint, null);
  }

  /**
   * @param object the thing concerned: an object key, a table, a server address, an option
   * @param hint the next step for the user, one sentence
   */
  public OpsException(
      ErrorKind kind, String object, String message, String hint, @Nullable Throwable cause) {
    this(kind, object, List.of(message), hint, cause);
  }

  private OpsException(
      ErrorKind kind, String object, List<String> lines, String hint, @Nullable Throwable cause) {
    super(String.join("\n  ", lines), cause);
    this.kind = kind;
    this.object = object;
    this.hint = hint;
    this.lines = lines;
  }

  /**
   * A failure with several points, which stand on a line each.
   *
   * @param message stands above them
   */
  public static OpsException listing(
      ErrorKind kind, String object, String message, List<String> points, String hint) {
    List<String> lines = new ArrayList<>(List.of(message));
    lines.addAll(points);
    return new OpsException(kind, object, List.copyOf(lines), hint, null);
  }

  /**
   * What the message consists of: one, except of a {@link #listing}. Whatever else looks like the
   * end of a line in it is part of a name.
   */
  public List<String> lines() {
    return lines;
  }

  public ErrorKind kind() {
    return kind;
  }

  public String object() {
    return object;
  }

  public String hint() {
    return hint;
  }
}
