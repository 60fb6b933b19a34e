package io.nsqlops.cli.output;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a command came to, in both of the forms it can be printed.
 *
 * @param json the one document of {@code --output json}
 * @param text the lines of {@code --output text}
 * @param shortfall decides the exit code where the work was done, but not all is well
 * @param error told on stderr beside the result, if there is something to say and to do
 */
public record Result(
    JsonNode json, List<String> text, @Nullable ErrorKind shortfall, @Nullable OpsException error) {
  public Result {
    text = List.copyOf(text);
  }

  /** All is well. */
  public static Result of(JsonNode json, List<String> text) {
    return new Result(json, text, null, null);
  }

  /** The result itself says what is wrong. */
  public Result falling(ErrorKind kind) {
    return new Result(json, text, kind, null);
  }

  /** The result is to be told with an error. */
  public Result failing(OpsException e) {
    return new Result(json, text, e.kind(), e);
  }

  /** Why the exit code is not 0. */
  public Optional<ErrorKind> whyNotDone() {
    return Optional.ofNullable(shortfall);
  }
}
