package io.nsqlops.backup.store.s3;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why the SDK's chain found no credentials, where the environment says which of its links was meant.
 * The chain itself tells what each of them said, in one long message, and nothing else.
 */
final class MissingCredentials {
  private static final Pattern LATER =
      Pattern.compile(
          "Unable to execute HTTP request|Failed to load credentials from metadata service"
              + "|timed out|did not complete|Status Code: 5\\d\\d|Throttl");

  private final String reason;
  private final String hint;

  private MissingCredentials(String reason, String hint) {
    this.reason = reason;
    this.hint = hint;
  }

  /**
   * Looks what was meant.
   *
   * @param message of the chain
   */
  static Optional<MissingCredentials> of(
      String message, UnaryOperator<@Nullable String> environment) {
    if (environment.apply("AWS_WEB_IDENTITY_TOKEN_FILE") != null) {
      return said(message, "WebIdentityTokenFile")
          .map(
              reason ->
                  new MissingCredentials(
                      "the web identity token was not exchanged: " + reason,
                      "Check the service account's annotation or AWS_ROLE_ARN, the role's trust"
                          + " policy, and that the web identity token is for this token service."));
    }
    if (environment.apply("AWS_CONTAINER_CREDENTIALS_FULL_URI") != null
        || environment.apply("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") != null) {
      return said(message, "Container")
          .map(
              reason ->
                  new MissingCredentials(
                      "the container's credential service gave none: " + reason,
                      "Check the task's role or the pod identity association."));
    }
    return Optional.empty();
  }

  private static Optional<String> said(String message, String link) {
    Pattern segment =
        Pattern.compile(
            link + "CredentialsProvider\\(\\): (.*?)(?:, [A-Za-z]+CredentialsProvider\\(|]$)");
    Matcher matcher = segment.matcher(message);
    return matcher.find()
        ? Optional.of(matcher.group(1).replaceAll(" ?\\(SDK Attempt Count: \\d+\\)", ""))
        : Optional.empty();
  }

  String reason() {
    return reason;
  }

  String hint() {
    return isTransient()
        ? "Check that the credential service is reachable from here, then run the command again."
        : hint;
  }

  /** Whether it may work later. */
  boolean isTransient() {
    return LATER.matcher(reason).find();
  }
}
