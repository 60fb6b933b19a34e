package io.nsqlops.backup.store.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server that keeps what it was sent and answers as it is told: what no real store can be
 * brought to say.
 */
public final class ScriptedServer implements AutoCloseable {

  /**
   * A request.
   *
   * @param line method and path with query
   * @param headers by lower-case name
   */
  public record Request(String line, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /**
   * A reply.
   *
   * @param headers sent with it
   */
  public record Reply(int status, Map<String, String> headers, String body) {
    public static Reply of(int status, String body) {
      return new Reply(status, Map.of(), body);
    }

    /** As S3 tells an error. */
    public static Reply error(int status, String code, String message) {
      return of(
          status,
          "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
              .formatted(code, message));
    }
  }

  /** What to answer. */
  public interface Script {
    Reply answer(Request request);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Script script;

  public ScriptedServer(Script script) throws IOException {
    this.script = script;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void answer(Script other) {
    script = other;
  }

  /** What came, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
      Request request =
          new Request(exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers, body);
      requests.add(request);
      Reply reply = script.answer(request);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] content = reply.body().getBytes(StandardCharsets.UTF_8);
      boolean bodiless = exchange.getRequestMethod().equals("HEAD") || content.length == 0;
      exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : content.length);
      if (!bodiless) {
        exchange.getResponseBody().write(content);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
