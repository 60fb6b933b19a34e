package io.nsqlops.testbeds.identity;

import com.sun.net.httpserver.HttpServer;
import io.nsqlops.testbeds.BedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/** An OpenID issuer, as a Kubernetes cluster is one for its service accounts. */
public final class TokenIssuer implements AutoCloseable {
  private static final String KEY_ID = "one";

  private final HttpServer server;
  private final KeyPair keys;

  private TokenIssuer(HttpServer server, KeyPair keys) {
    this.server = server;
    this.keys = keys;
  }

  /** Starts one on this machine. */
  public static TokenIssuer start() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
      TokenIssuer issuer = new TokenIssuer(server, generator.generateKeyPair());
      issuer.serve("/.well-known/openid-configuration", issuer.configuration());
      issuer.serve("/keys", issuer.publicKeys());
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new BedException("no RSA keys here", e);
    }
  }

  private void serve(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  /** What a service that trusts this issuer is given. */
  public URI configurationUri() {
    return URI.create(issuer() + "/.well-known/openid-configuration");
  }

  private String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String configuration() {
    return """
        {"issuer":"%s","jwks_uri":"%s/keys","authorization_endpoint":"%s/authorize",
         "token_endpoint":"%s/token","response_types_supported":["id_token"],
         "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}
        """
        .formatted(issuer(), issuer(), issuer(), issuer());
  }

  private String publicKeys() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}"
        .formatted(KEY_ID, unsigned(key.getModulus()), unsigned(key.getPublicExponent()));
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int start = bytes[0] == 0 ? 1 : 0;
    byte[] magnitude = new byte[bytes.length - start];
    System.arraycopy(bytes, start, magnitude, 0, magnitude.length);
    return base64(magnitude);
  }

  /**
   * A token.
   *
   * @param audience who is to accept it
   * @param policy claim of that name, by which MinIO gives rights
   * @param expires it is no longer accepted from then on
   */
  public String token(String subject, String audience, String policy, Instant expires) {
    String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + KEY_ID + "\"}";
    String claims =
        "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"policy\":\"%s\",\"iat\":%d,\"exp\":%d}"
            .formatted(
                issuer(),
                subject,
                audience,
                policy,
                Instant.now().getEpochSecond() - 60,
                expires.getEpochSecond());
    String signed = base64(utf8(header)) + "." + base64(utf8(claims));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(utf8(signed));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new BedException("the token cannot be signed", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
