package io.nsqlops.logs.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Stands between shipper and Elasticsearch, and breaks a share of the bulk requests. */
final class FaultProxy implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CREATED = "\"status\":201";
  private static final String PUT_OFF =
      "{\"create\":{\"status\":429,\"error\":{\"type\":\"es_rejected_execution_exception\"}}}";

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final URI target;
  private final Random random;
  private final double share;
  private final AtomicInteger bulks = new AtomicInteger();
  private final AtomicLong stored = new AtomicLong();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

  enum Fault {
    /** The cluster is not ready: an error object without items. */
    UNAVAILABLE,
    /** Too many requests, as a whole. */
    PUT_OFF,
    /** A proxy in between takes no such body, and says so without one. */
    TOO_LARGE,
    /** Nothing arrives, nothing is answered. */
    CUT_BEFORE,
    /** Everything is stored, nothing is answered. */
    CUT_AFTER,
    /** Everything is stored, and an error is answered. */
    UNAVAILABLE_AFTER,
    /** Half of the documents are stored, half are put off. */
    HALF
  }

  /**
   * @param share of the bulk requests to break, from 0 to 1
   */
  FaultProxy(URI target, double share, long seed) throws IOException {
    this.target = target;
    this.share = share;
    this.random = new Random(seed);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Bulk requests that came so far. */
  int bulks() {
    return bulks.get();
  }

  /** Documents Elasticsearch said it had stored for the first time. */
  long stored() {
    return stored.get();
  }

  synchronized Map<Fault, Integer> faults() {
    return new EnumMap<>(faults);
  }

  private synchronized boolean isBroken() {
    return random.nextDouble() < share;
  }

  /** Each one in turn at first, so that none is missing. */
  private synchronized Fault next() {
    Fault[] all = Fault.values();
    Fault fault = faults.size() < all.length ? all[faults.size()] : all[random.nextInt(all.length)];
    faults.merge(fault, 1, Integer::sum);
    return fault;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!exchange.getRequestURI().getPath().equals("/_bulk")) {
        pass(exchange, forward(exchange, body, true));
        return;
      }
      bulks.incrementAndGet();
      if (isBroken()) {
        breakIt(exchange, body, next());
      } else {
        pass(exchange, forward(exchange, body, true));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void breakIt(HttpExchange exchange, byte[] body, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case UNAVAILABLE -> answer(exchange, 503, "{\"error\":{\"type\":\"x\"},\"status\":503}");
      case PUT_OFF -> answer(exchange, 429, "{\"error\":{\"type\":\"x\"},\"status\":429}");
      case TOO_LARGE -> {
        if (pairs(body).size() > 1) {
          answer(exchange, 413, "");
        } else {
          pass(exchange, forward(exchange, body, true));
        }
      }
      case CUT_BEFORE -> {}
      case CUT_AFTER -> {
        HttpResponse<String> ignored = forward(exchange, body, true);
        assertAnswered(ignored);
      }
      case UNAVAILABLE_AFTER -> {
        assertAnswered(forward(exchange, body, true));
        answer(exchange, 503, "");
      }
      case HALF -> half(exchange, pairs(body));
    }
  }

  private static void assertAnswered(HttpResponse<String> response) throws IOException {
    if (response.statusCode() == 400) {
      throw new IOException("the proxy forwarded nonsense: " + response.body());
    }
  }

  private static List<String> pairs(byte[] body) throws IOException {
    List<String> pairs = new ArrayList<>();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      for (int i = 0; i + 1 < lines.size(); i += 2) {
        pairs.add(lines.get(i) + '\n' + lines.get(i + 1) + '\n');
      }
    }
    return pairs;
  }

  private void half(HttpExchange exchange, List<String> pairs)
      throws IOException, InterruptedException {
    StringBuilder even = new StringBuilder();
    for (int i = 0; i < pairs.size(); i += 2) {
      even.append(pairs.get(i));
    }
    byte[] body = even.toString().getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> response = forward(exchange, body, false);
    ObjectNode answer = (ObjectNode) JSON.readTree(response.body());
    JsonNode items = answer.path("items");
    ArrayNode all = JSON.createArrayNode();
    for (int i = 0; i < pairs.size(); i++) {
      boolean forwarded = i % 2 == 0;
      all.add(forwarded ? items.get(i / 2) : JSON.readTree(PUT_OFF));
    }
    answer.put("errors", pairs.size() > 1 || answer.path("errors").asBoolean());
    answer.set("items", all);
    answer(exchange, response.statusCode(), JSON.writeValueAsString(answer));
  }

  private HttpResponse<String> forward(HttpExchange exchange, byte[] body, boolean compressed)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .header("Content-Type", "application/x-ndjson")
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    if (compressed) {
      request.header("Content-Encoding", "gzip");
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    stored.addAndGet(
        (response.body().length() - without(response.body()).length()) / CREATED.length());
    return response;
  }

  private static String without(String body) {
    return body.replace(CREATED, "");
  }

  private static void pass(HttpExchange exchange, HttpResponse<String> response)
      throws IOException {
    answer(exchange, response.statusCode(), response.body());
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
