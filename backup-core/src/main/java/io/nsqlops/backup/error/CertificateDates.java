package io.nsqlops.backup.error;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whether a connection failed for the dates of a certificate, or for a wrong clock. */
public final class CertificateDates {
  /** What helps then. */
  public static final String HINT =
      "check the clock of this machine; if it is right, renew the server's certificate";

  private CertificateDates() {}

  /** What is wrong with them, to follow the name of the server; empty if it is something else. */
  public static Optional<String> problem(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CertificateNotYetValidException) {
        return Optional.of(
            "has a certificate that is not valid yet by the clock here: it begins " + date(t));
      }
      if (t instanceof CertificateExpiredException) {
        return Optional.of(
            "has a certificate that is no longer valid by the clock here: it ended " + date(t));
      }
    }
    return Optional.empty();
  }

  /** Java names the field before its date. */
  private static String date(Throwable e) {
    return String.valueOf(e.getMessage()).replaceFirst("^Not(Before|After): ", "");
  }
}
