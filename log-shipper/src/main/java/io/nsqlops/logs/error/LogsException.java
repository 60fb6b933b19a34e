package io.nsqlops.logs.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure told in the user's terms: what happened, to which object, and what to do next.
 *
 * <p>Messages never contain secrets.
 */
public final class LogsException extends RuntimeException {
  private final ErrorKind kind;
  private final String object;
  private final String hint;

  public LogsException(ErrorKind kind, String object, String message, String hint) {
    this(kind, object, message, hint, null);
  }

  /**
   * @param object the thing concerned: a file, a server address, an option
   * @param hint the next step for the user, one sentence
   */
  public LogsException(
      ErrorKind kind, String object, String message, String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.object = object;
    this.hint = hint;
  }

  /** The message, behind the object where it does not name that itself. */
  public String told() {
    String message = String.valueOf(getMessage());
    return message.contains(object) ? message : object + ": " + message;
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
