import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * Answers Elasticsearch bulk requests with "created" for every document and keeps nothing: what is
 * measured beside it is the sender alone. Takes OTLP logs too. {@code GET /count} tells how many
 * documents came.
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
      reply = acknowledge(count(body(exchange)));
    } else if (path.equals("/v1/logs")) {
      DOCUMENTS.addAndGet(records(ByteBuffer.wrap(body(exchange).readAllBytes()), 0));
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

  private static InputStream body(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
        ? new GZIPInputStream(body, 1 << 16)
        : body;
  }

  /** Two lines a document; empty lines are none, to Elasticsearch too. */
  private static int count(InputStream body) throws IOException {
    byte[] buffer = new byte[1 << 16];
    int lines = 0;
    byte before = '\n';
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n' && before != '\n') {
          lines++;
        }
        before = buffer[i];
      }
    }
    if (lines % 2 != 0) {
      throw new IOException("not a bulk request: " + lines + " lines");
    }
    return lines / 2;
  }

  /** The log records of an OTLP request: fields 1 (resource), 2 (scope) and 2 (record), nested. */
  private static int records(ByteBuffer message, int depth) {
    int records = 0;
    while (message.hasRemaining()) {
      int tag = (int) varint(message);
      if ((tag & 7) != 2) {
        throw new IllegalArgumentException("not an OTLP request: tag " + tag);
      }
      int length = (int) varint(message);
      if (tag >> 3 == (depth == 0 ? 1 : 2)) {
        records += depth == 2 ? 1 : records(message.slice(message.position(), length), depth + 1);
      }
      message.position(message.position() + length);
    }
    return records;
  }

  private static long varint(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = message.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
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
