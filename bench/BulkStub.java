import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * Answers Elasticsearch bulk requests with "created" for every document and keeps nothing: what is
 * measured beside it is the sender alone. {@code GET /count} tells how many documents came.
 *
 * <p>{@code java bench/BulkStub.java PORT}
 */
final class BulkStub {
  private static final byte[] CREATED =
      "{\"create\":{\"status\":201}},".getBytes(StandardCharsets.US_ASCII);
  private static final AtomicLong DOCUMENTS = new AtomicLong();

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/", BulkStub::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] reply = "{}".getBytes(StandardCharsets.US_ASCII);
    if (path.endsWith("/_bulk")) {
      reply = acknowledge(count(exchange));
    } else if (path.equals("/count")) {
      reply = Long.toString(DOCUMENTS.get()).getBytes(StandardCharsets.US_ASCII);
    } else {
      exchange.getRequestBody().readAllBytes();
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, bodiless ? -1 : reply.length);
    if (!bodiless) {
      exchange.getResponseBody().write(reply);
    }
    exchange.close();
  }

  /** Two lines a document. */
  private static int count(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(body, 1 << 16);
    }
    byte[] buffer = new byte[1 << 16];
    int lines = 0;
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          lines++;
        }
      }
    }
    return lines / 2;
  }

  private static byte[] acknowledge(int documents) {
    DOCUMENTS.addAndGet(documents);
    byte[] head = "{\"errors\":false,\"items\":[".getBytes(StandardCharsets.US_ASCII);
    int items = documents * CREATED.length;
    byte[] reply = new byte[head.length + Math.max(0, items - 1) + 2];
    System.arraycopy(head, 0, reply, 0, head.length);
    for (int i = 0; i < documents; i++) {
      int length = i == documents - 1 ? CREATED.length - 1 : CREATED.length;
      System.arraycopy(CREATED, 0, reply, head.length + i * CREATED.length, length);
    }
    reply[reply.length - 2] = ']';
    reply[reply.length - 1] = '}';
    return reply;
  }
}
