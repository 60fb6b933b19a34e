package io.nsqlops.backup.store.s3;

import io.nsqlops.backup.error.CertificateDates;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.StoreUri;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an error of the SDK means to the user. */
final class S3Errors {
  private final StoreUri.S3 uri;
  private final S3Answers answers;

  S3Errors(StoreUri.S3 uri) {
    this.uri = uri;
    this.answers = new S3Answers(uri);
  }

  /**
   * @param verb and object of what was tried: {@code read chunks/ab/…}
   */
  OpsException translate(SdkException e, String verb, String object) {
    return e instanceof S3Exception answer
        ? answers.explain(answer, failed(verb, object), verb, object)
        : unanswered(e, verb, object);
  }

  private OpsException unanswered(SdkException e, String verb, String object) {
    String message = failed(verb, object) + reason(e);
    String text = String.valueOf(e.getMessage());
    if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      return new OpsException(ErrorKind.INTERRUPTED, object, message, "Run the command again.", e);
    }
    if (text.contains("Unable to load credentials")) {
      Optional<MissingCredentials> meant = MissingCredentials.of(text, System::getenv);
      if (meant.isPresent()) {
        return new OpsException(
            meant.get().isTransient() ? ErrorKind.TRANSIENT : ErrorKind.USAGE,
            "credentials",
            "no credentials for " + uri + ": " + meant.get().reason(),
            meant.get().hint(),
            e);
      }
      return usage(
          e,
          "credentials",
          "no credentials for " + uri + " were found",
          "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile, or run with a role; -v"
              + " tells what each of them said.");
    }
    @Nullable AwsServiceException other = Causes.find(e, AwsServiceException.class);
    if (other != null) {
      return ofCredentials(e, other);
    }
    if (text.contains("Profile file contained no credentials")
        || text.contains("profile file")
        || text.contains("ProfileFile")) {
      return usage(
          e,
          "profile " + uri.options().profile(),
          "the profile named for " + uri + " cannot be used: " + text,
          "Correct profile= in the address, or the files of the AWS tools.");
    }
    if (text.contains("Unable to load region")) {
      return usage(
          e,
          "region",
          "no region for " + uri + " was found",
          "Add region=… to its address, or set AWS_REGION.");
    }
    Optional<String> dates = CertificateDates.problem(e);
    if (dates.isPresent()) {
      return usage(
          e, object, failed(verb, object) + "the store " + dates.get(), CertificateDates.HINT);
    }
    if (Causes.find(e, SSLException.class) != null) {
      return usage(
          e,
          object,
          message,
          "Check the endpoint's certificate, and https against http in its URL; ca=FILE in the"
              + " repository's address trusts an authority of your own.");
    }
    String hint =
        Causes.find(e, UnknownHostException.class) != null
            ? "Check the host name in the endpoint, and this machine's DNS."
            : "Check that the endpoint is reachable from here, then run the command again.";
    return transientError(e, object, message, hint);
  }

  /** Asking for credentials failed: the token service answered, not the store. */
  private OpsException ofCredentials(SdkException e, AwsServiceException answer) {
    boolean later = answer.statusCode() >= 500 || answer.isThrottlingException();
    return new OpsException(
        later ? ErrorKind.TRANSIENT : ErrorKind.USAGE,
        "credentials",
        "no credentials for " + uri + " were given: " + reason(answer),
        later
            ? "The token service is overloaded or ill: try again later."
            : "Check the role, its trust policy and the web identity token.",
        e);
  }

  private String failed(String verb, String object) {
    return "cannot " + verb + " " + object + " in " + uri + ": ";
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
