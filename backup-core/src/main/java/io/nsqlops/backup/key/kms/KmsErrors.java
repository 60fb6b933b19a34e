package io.nsqlops.backup.key.kms;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeySlot;
import io.nsqlops.backup.key.KmsKey;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.DependencyTimeoutException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyUnavailableException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** What an error of the key service means to the user. */
final class KmsErrors {
  private KmsErrors() {}

  /**
   * @param what was tried: {@code decrypt with}
   */
  static OpsException translate(SdkException e, String what, KmsKey key) {
    if (e instanceof IncorrectKeyException || e instanceof InvalidCiphertextException) {
      return KeySlot.wrongKey("it was not made with the KMS key " + key.id(), e);
    }
    String failed = "cannot " + what + " the KMS key " + key.id() + ": ";
    String message = failed + reason(e);
    if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      return failure(ErrorKind.INTERRUPTED, key, message, "Run the command again.", e);
    }
    return e instanceof KmsException answer
        ? answered(answer, key, message)
        : unanswered(e, key, failed);
  }

  private static OpsException answered(KmsException e, KmsKey key, String message) {
    boolean later =
        e instanceof DependencyTimeoutException
            || e instanceof KeyUnavailableException
            || e instanceof KmsInternalException
            || e.isThrottlingException()
            || e.statusCode() >= 500;
    if (later) {
      return failure(
          ErrorKind.TRANSIENT, key, message, "The key service is overloaded or ill: try later.", e);
    }
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    String hint =
        switch (String.valueOf(code)) {
          case "AccessDeniedException" ->
              "Allow kms:Decrypt (restore, and all that reads) and kms:GenerateDataKey (init, key"
                  + " add and rotate) on this key, in its policy and in that of the role.";
          case "DisabledException", "KMSInvalidStateException" ->
              "Enable the key, or cancel its deletion: without it, or another key of the"
                  + " repository, nothing can be restored.";
          default ->
              e instanceof NotFoundException
                  ? "Check --kms-key, its account and region (--kms-region)."
                  : "Check --kms-key, --kms-endpoint and the credentials.";
        };
    return failure(ErrorKind.USAGE, key, message, hint, e);
  }

  /** What the SDK says of regions and credentials lists the classes it asked. */
  private static OpsException unanswered(SdkException e, KmsKey key, String failed) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("Unable to load region")) {
      return failure(
          ErrorKind.USAGE,
          key,
          failed + "nothing says which region it is in",
          "Add --kms-region REGION, set NSQL_OPS_KMS_REGION or AWS_REGION, or name the key by its"
              + " ARN.",
          e);
    }
    if (text.contains("Unable to load credentials")) {
      return failure(
          ErrorKind.USAGE,
          key,
          failed + "no credentials were found",
          "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile, or run with a role; -v"
              + " tells what each of them said.",
          e);
    }
    return failure(
        ErrorKind.TRANSIENT,
        key,
        failed + reason(e),
        "Check that the key service is reachable from here, then run the command again.",
        e);
  }

  private static OpsException failure(
      ErrorKind kind, KmsKey key, String message, String hint, SdkException e) {
    return new OpsException(kind, key.id(), message, hint, e);
  }

  private static String reason(SdkException e) {
    if (e instanceof KmsException answer && answer.awsErrorDetails() != null) {
      String code = answer.awsErrorDetails().errorCode();
      String words = answer.awsErrorDetails().errorMessage();
      return "the service answers %d %s%s"
          .formatted(answer.statusCode(), code, words == null ? "" : " (" + words + ")");
    }
    String text = "";
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      text = String.valueOf(cause.getMessage());
    }
    return text.replaceAll("(?i) \\(SDK Attempt Count: \\d+\\)", "");
  }
}
