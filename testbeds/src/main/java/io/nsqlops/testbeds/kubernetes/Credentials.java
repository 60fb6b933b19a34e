package io.nsqlops.testbeds.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keys and tokens of one control plane, made for it alone. The API server makes its own serving
 * certificate in {@link #certificates()} at its first start.
 */
final class Credentials {
  static final String ADMIN = "admin";
  static final String VISITOR = "visitor";

  private final Path folder;
  private final String token;

  private Credentials(Path folder, String token) {
    this.folder = folder;
    this.token = token;
  }

  static Credentials create(Path folder) throws IOException {
    Credentials credentials = new Credentials(folder, UUID.randomUUID().toString());
    if (!Files.exists(credentials.serviceAccountKey())) {
      Files.writeString(credentials.serviceAccountKey(), privateKey());
    }
    Files.writeString(
        credentials.tokens(),
        credentials.token(ADMIN)
            + ",admin,admin,\"system:masters\"\n"
            + credentials.token(VISITOR)
            + ",visitor,visitor\n");
    return credentials;
  }

  Path serviceAccountKey() {
    return folder.resolve("service-account.key");
  }

  Path tokens() {
    return folder.resolve("tokens.csv");
  }

  Path certificates() {
    return folder.resolve("certificates");
  }

  private Path servingCertificate() {
    return certificates().resolve("apiserver.crt");
  }

  private String token(String user) {
    return user + "-" + token;
  }

  boolean isReady(int port) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/readyz"))
            .header("Authorization", "Bearer " + token(ADMIN))
            .timeout(Duration.ofSeconds(10))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  String kubeconfig(URI server, String user) {
    return """
        apiVersion: v1
        kind: Config
        current-context: testbed
        clusters:
          - name: testbed
            cluster: { server: "%s", certificate-authority: "%s" }
        users:
          - name: %s
            user: { token: "%s" }
        contexts:
          - name: testbed
            context: { cluster: testbed, user: %s }
        """
        .formatted(server, servingCertificate(), user, token(user), user);
  }

  private SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(servingCertificate())) {
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("apiserver-" + number++, certificate);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String privateKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }
}
