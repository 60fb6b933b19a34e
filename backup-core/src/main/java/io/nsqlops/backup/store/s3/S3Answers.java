package io.nsqlops.backup.store.s3;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.StoreUri;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a store's refusal means to the user, and what helps. */
final class S3Answers {
  private final StoreUri.S3 uri;

  S3Answers(StoreUri.S3 uri) {
    this.uri = uri;
  }

  /**
   * @param failed what was tried, for the beginning of the message
   */
  OpsException explain(S3Exception e, String failed, String verb, String object) {
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String message = failed + answer(e.statusCode(), code, details);
    return switch (code) {
      case "NoSuchBucket" ->
          usage(e, "bucket " + uri.bucket(), message, "Create the bucket, or correct its name.");
      case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired" ->
          usage(
              e,
              object,
              message,
              "The credentials have expired: get new ones (AWS_SESSION_TOKEN, the profile or the"
                  + " role), then run the command again.");
      case "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidToken",
          "InvalidTokenId",
          "InvalidClientTokenId",
          "UnrecognizedClientException" ->
          usage(
              e,
              object,
              message,
              "The credentials are wrong or have expired: check AWS_ACCESS_KEY_ID,"
                  + " AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, the profile or the role.");
      case "RequestTimeTooSkewed", "RequestExpired" ->
          usage(
              e,
              object,
              message,
              "Set this machine's clock: the store accepts a quarter of an hour of difference.");
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          usage(e, object, message, region(details));
      case "QuotaExceeded",
          "XMinioAdminBucketQuotaExceeded",
          "XMinioStorageFull",
          "InsufficientStorage",
          "EntityTooLarge" ->
          transientError(
              e,
              object,
              message,
              "Free some space there or raise the quota (prune removes old backups), then run the"
                  + " command again; what is stored already is kept.");
      case "BadDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch" ->
          transientError(e, object, message, "It was damaged on the way: run the command again.");
      case "InvalidStorageClass" ->
          usage(e, object, message, "Give a storage-class= that this store has, or none.");
      default -> byCode(e, code, message, verb, object);
    };
  }

  private OpsException byCode(
      S3Exception e, String code, String message, String verb, String object) {
    if (code.toUpperCase(Locale.ROOT).contains("KMS")) {
      return usage(
          e,
          object,
          message,
          "The store cannot encrypt with that key: check sse= and sse-kms-key=, that the key is"
              + " enabled, and the rights kms:GenerateDataKey and kms:Decrypt on it.");
    }
    boolean refused = e.statusCode() == 400 || code.equals("InvalidRequest");
    if (refused && message.toLowerCase(Locale.ROOT).contains("lock")) {
      return usage(
          e,
          object,
          message,
          "The bucket must have been made with object lock (and versions) to take object-lock=.");
    }
    return byStatus(e, message, verb, object);
  }

  private OpsException byStatus(S3Exception e, String message, String verb, String object) {
    int status = e.statusCode();
    if (status == 401 || status == 403) {
      return usage(e, object, message, "These credentials lack " + right(verb) + ".");
    }
    if (status == 301 || status == 307) {
      return usage(e, object, message, region(e.awsErrorDetails()));
    }
    if (status == 501) {
      return usage(
          e,
          object,
          message,
          "The store does not know something that was asked for: leave out the parameters of the"
              + " address it does not need, and try checksum=none.");
    }
    if (status == 507) {
      return transientError(
          e, object, message, "Free some space there, then run the command again.");
    }
    if (status == 408 || status == 409 || status == 412 || status == 429 || status >= 500) {
      return transientError(e, object, message, "The store is overloaded or ill: try again later.");
    }
    return usage(
        e, object, message, "Check the address, the endpoint and what that store supports.");
  }

  private String right(String verb) {
    boolean locks = uri.options().objectLock() != null;
    String on = " on bucket " + uri.bucket();
    return switch (verb) {
      case "write" ->
          "the right s3:PutObject"
              + (locks ? " or s3:PutObjectRetention" : "")
              + on
              + ", or the store is read-only";
      case "list" -> "the right s3:ListBucket" + on;
      case "delete" ->
          "the right s3:DeleteObject"
              + (locks ? ", s3:DeleteObjectVersion or s3:ListBucketVersions" : "")
              + on
              + ", which only prune, pin, unpin and key need";
      default ->
          "the right s3:GetObject, or s3:ListBucket (without it a missing object is denied, too),"
              + on;
    };
  }

  private static String region(@Nullable AwsErrorDetails details) {
    String where =
        details == null || details.sdkHttpResponse() == null
            ? ""
            : details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region").orElse("");
    return where.matches("[a-z0-9-]+")
        ? "The bucket is in another region: write region=" + where + " in its address."
        : "The bucket is in another region: give region=… in its address.";
  }

  private static String answer(int status, String code, @Nullable AwsErrorDetails details) {
    if (code.isEmpty()) {
      return "the store answers " + status;
    }
    String words = details == null || details.errorMessage() == null ? "" : details.errorMessage();
    return "the store answers " + status + " " + code + (words.isEmpty() ? "" : " (" + words + ")");
  }

  private static OpsException usage(S3Exception e, String object, String message, String hint) {
    return new OpsException(ErrorKind.USAGE, object, message, hint, e);
  }

  private static OpsException transientError(
      S3Exception e, String object, String message, String hint) {
    return new OpsException(ErrorKind.TRANSIENT, object, message, hint, e);
  }
}
