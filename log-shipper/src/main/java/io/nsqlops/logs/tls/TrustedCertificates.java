package io.nsqlops.logs.tls;

import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that trusts the certificates of one PEM file and no others. */
public final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * For connections that trust them.
   *
   * @throws LogsException of kind USAGE if the file holds none
   */
  public static SSLContext context(Path pem) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(pem))) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + count++, c);
      }
      if (count == 0) {
        throw new GeneralSecurityException("the file holds no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new LogsException(
          ErrorKind.USAGE,
          pem.toString(),
          "the CA certificates cannot be used: " + e.getMessage(),
          "Name a readable file of PEM certificates.",
          e);
    }
  }
}
