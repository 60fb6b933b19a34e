package io.nsqlops.backup.store.s3;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.StoreUri;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an error of the SDK means to the user. */
final class S3Errors {
  private final StoreUri.S3 uri;

  S3Errors(StoreUri.S3 uri) {
    this.uri = uri;
  }

  /**
   * @param verb and object of what was tried: {@code read chunks/ab/…}
   */
  OpsException translate(SdkException e, String verb, String object) {
    return e instanceof S3Exception answer
        ? answered(answer, verb, object)
        : unanswered(e, verb, object);
  }

  private OpsException answered(S3Exception e, String verb, String object) {
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    int status = e.statusCode();
    String message = failed(verb, object) + answer(status, code, details);
    return switch (code) {
      case "NoSuchBucket" ->
          usage(e, "bucket " + uri.bucket(), message, "Create the bucket, or correct its name.");
      case "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidToken",
          "ExpiredToken",
          "TokenRefreshRequired",
          "InvalidClientTokenId",
          "UnrecognizedClientException" ->
          usage(
              e,
              object,
              message,
              "The credentials are wrong or have expired: check AWS_ACCESS_KEY_ID,"
                  + " AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, the profile or the role.");
      case "RequestTimeTooSkewed" -> usage(e, object, message, "Set this machine's clock.");
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          usage(
              e, object, message, "The bucket is in another region: give region=… in its address.");
      case "QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "EntityTooLarge" ->
          transientError(
              e,
              object,
              message,
              "Free some space there or raise the quota (prune removes old backups), then run the"
                  + " command again; what is stored already is kept.");
      case "BadDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch" ->
          transientError(e, object, message, "It was damaged on the way: run the command again.");
      default -> byStatus(e, status, message, object);
    };
  }

  private static OpsException byStatus(S3Exception e, int status, String message, String object) {
    if (status == 401 || status == 403) {
      return usage(
          e,
          object,
          message,
          "These credentials lack a right on the bucket: s3:GetObject, s3:PutObject,"
              + " s3:ListBucket are needed, s3:DeleteObject for prune.");
    }
    if (status == 301 || status == 307) {
      return usage(
          e, object, message, "The bucket is in another region: give region=… in its address.");
    }
    if (status == 507) {
      return transientError(
          e, object, message, "Free some space there, then run the command again.");
    }
    if (status == 408
        || status == 409
        || status == 412
        || status == 429
        || (status >= 500 && status != 501)) {
      return transientError(e, object, message, "The store is overloaded or ill: try again later.");
    }
    return usage(
        e, object, message, "Check the address, the endpoint and what that store supports.");
  }

  private OpsException unanswered(SdkException e, String verb, String object) {
    String message = failed(verb, object) + reason(e);
    String text = String.valueOf(e.getMessage());
    if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      return new OpsException(ErrorKind.INTERRUPTED, object, message, "Run the command again.", e);
    }
    if (text.contains("Unable to load credentials")) {
      return usage(
          e,
          "credentials",
          "no credentials for " + uri + " were found",
          "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile, or run with a role.");
    }
    if (text.contains("Unable to load region")) {
      return usage(
          e,
          "region",
          "no region for " + uri + " was found",
          "Add region=… to its address, or set AWS_REGION.");
    }
    if (Causes.find(e, SSLException.class) != null) {
      return usage(
          e,
          object,
          message,
          "Check the endpoint's certificate, and https against http in its URL.");
    }
    String hint =
        Causes.find(e, UnknownHostException.class) != null
            ? "Check the host name in the endpoint, and this machine's DNS."
            : "Check that the endpoint is reachable from here, then run the command again.";
    return transientError(e, object, message, hint);
  }

  private String failed(String verb, String object) {
    return "cannot " + verb + " " + object + " in " + uri + ": ";
  }

  private static String answer(int status, String code, @Nullable AwsErrorDetails details) {
    if (code.isEmpty()) {
      return "the store answers " + status;
    }
    String words = details == null || details.errorMessage() == null ? "" : details.errorMessage();
    return "the store answers " + status + " " + code + (words.isEmpty() ? "" : " (" + words + ")");
  }

  private static String reason(SdkException e) {
    Throwable root = Causes.root(e);
    String kind =
        root instanceof UnknownHostException
            ? "unknown host "
            : root instanceof InterruptedIOException ? "time-out, " : "";
    String text = String.valueOf(root.getMessage());
    return kind + text.replaceAll("(?i) \\(SDK Attempt Count: \\d+\\)", "");
  }

  private static OpsException usage(SdkException e, String object, String message, String hint) {
    return new OpsException(ErrorKind.USAGE, object, message, hint, e);
  }

  private static OpsException transientError(
      SdkException e, String object, String message, String hint) {
    return new OpsException(ErrorKind.TRANSIENT, object, message, hint, e);
  }
}
