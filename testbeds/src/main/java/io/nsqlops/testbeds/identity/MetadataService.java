package io.nsqlops.testbeds.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The metadata services of clouds: that of instances (by session tokens only, as hardened ones are)
 * and that of containers.
 */
public final class MetadataService implements AutoCloseable {
  private static final String SESSION = "session-of-the-test-beds";

  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private MetadataService(HttpServer server) {
    this.server = server;
  }

  /** Starts one that gives these credentials to everybody on this machine. */
  public static MetadataService start(String accessKey, String secretKey, String sessionToken) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
      MetadataService service = new MetadataService(server);
      String credentials =
          """
          {"Code":"Success","Type":"AWS-HMAC","LastUpdated":"%s","AccessKeyId":"%s",
           "SecretAccessKey":"%s","Token":"%s","Expiration":"%s"}
          """
              .formatted(
                  Instant.now(),
                  accessKey,
                  secretKey,
                  sessionToken,
                  Instant.now().plusSeconds(3600));
      server.createContext("/", exchange -> service.handle(exchange, credentials));
      server.start();
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange, String credentials) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + path);
      if (path.equals("/latest/api/token")) {
        answer(exchange, 200, SESSION);
      } else if (path.equals("/container")) {
        answer(exchange, 200, credentials);
      } else if (!SESSION.equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"))) {
        answer(exchange, 401, "");
      } else if (path.endsWith("/iam/security-credentials/")) {
        answer(exchange, 200, "backup-role");
      } else if (path.endsWith("/iam/security-credentials/backup-role")) {
        answer(exchange, 200, credentials);
      } else {
        answer(exchange, 404, "");
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Method and path of what was asked for. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
