package io.nsqlops.testbeds.tls;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.process.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority nobody else trusts, and a certificate it signed for 127.0.0.1. */
public final class OwnAuthority {
  private static final String PASSWORD = "testbeds";

  private final Path directory;

  private OwnAuthority(Path directory) {
    this.directory = directory;
  }

  /** Makes one; its files go into the directory, which must exist. */
  public static OwnAuthority make(Path directory) {
    OwnAuthority authority = new OwnAuthority(directory);
    authority.keytool("-genkeypair", "ca", "-dname", "CN=Test beds", "-ext", "bc:c");
    authority.keytool("-exportcert", "ca", "-rfc", "-file", "ca.pem");
    authority.keytool("-genkeypair", "server", "-dname", "CN=127.0.0.1");
    authority.keytool("-certreq", "server", "-file", "server.csr");
    authority.keytool(
        "-gencert",
        "ca",
        "-rfc",
        "-infile",
        "server.csr",
        "-outfile",
        "server.pem",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    return authority;
  }

  private void keytool(String action, String alias, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(action, "-alias", alias, "-keystore", "keys.p12"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    if (action.equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    }
    command.addAll(List.of(more));
    Command.run(command, Map.of(), directory, Duration.ofMinutes(1));
  }

  /** The authority's certificate, as PEM. */
  public Path certificate() {
    return directory.resolve("ca.pem");
  }

  /** Writes the server's certificate and its private key, both as PEM. */
  public void writeServer(Path certificate, Path privateKey) {
    try {
      Files.copy(directory.resolve("server.pem"), certificate);
      Files.writeString(privateKey, pem(keys().getKey("server", PASSWORD.toCharArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new BedException("the server's key cannot be read", e);
    }
  }

  private static String pem(Key key) {
    byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, lineEnd).encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** Trusts what this authority signed. */
  public SSLContext trusting() {
    try {
      Certificate certificate = keys().getCertificate("ca");
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", certificate);
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new BedException("the authority's certificate cannot be read", e);
    }
  }

  /** For a server with the certificate that this authority signed. */
  public SSLContext serving() {
    try (InputStream in = Files.newInputStream(directory.resolve("server.pem"))) {
      Certificate signed = CertificateFactory.getInstance("X.509").generateCertificate(in);
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      char[] password = PASSWORD.toCharArray();
      Key key = keys().getKey("server", password);
      own.setKeyEntry("server", key, password, new Certificate[] {signed});
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(own, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new BedException("the server's key cannot be read", e);
    }
  }
}
