package io.nsqlops.logs.sink.elasticsearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A bulk endpoint that does what it is told, for failures a real server cannot be brought to show.
 * Documents are stored once per action line, as {@code create} does.
 */
public final class StubElasticsearch implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Script> scripts = new ArrayDeque<>();
  private final Map<String, String> documents = new LinkedHashMap<>();
  private final List<Integer> requestSizes = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private final List<String> queries = new ArrayList<>();
  private Function<String, String> itemError = document -> "";

  /** What to do with one request. */
  public interface Script {
    /** Answers, with what the items would answer; an empty answer cuts the connection. */
    Answer answer(Map<String, String> request, Function<Map<String, String>, String> store);
  }

  public record Answer(int status, String body) {
    static final Answer CUT = new Answer(0, "");
  }

  public StubElasticsearch() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/_bulk", this::bulk);
    server.setExecutor(threads);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next requests get these answers, one each; after them all is well. */
  public synchronized StubElasticsearch script(Script... next) {
    scripts.addAll(List.of(next));
    return this;
  }

  /** Answers a whole request without storing anything. */
  public static Script refuse(int status, String body) {
    return (request, store) -> new Answer(status, body);
  }

  /** Stores everything, then cuts the connection: the client cannot know. */
  public static Script applyThenCut() {
    return (request, store) -> {
      String ignored = store.apply(request);
      return ignored.isEmpty() ? new Answer(500, "") : Answer.CUT;
    };
  }

  /** The error object of an item, by its document; empty to store it. */
  public synchronized void itemErrors(Function<String, String> error) {
    itemError = error;
  }

  public synchronized Map<String, String> documents() {
    return new LinkedHashMap<>(documents);
  }

  /** How many items each request held. */
  public synchronized List<Integer> requestSizes() {
    return new ArrayList<>(requestSizes);
  }

  public synchronized List<String> authorizations() {
    return new ArrayList<>(authorizations);
  }

  /** The queries of the requests. */
  public synchronized List<String> queries() {
    return new ArrayList<>(queries);
  }

  private void bulk(HttpExchange exchange) throws IOException {
    Map<String, String> request = read(exchange);
    Answer answer;
    synchronized (this) {
      requestSizes.add(request.size());
      queries.add(String.valueOf(exchange.getRequestURI().getQuery()));
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      Script script = scripts.poll();
      answer =
          script == null ? new Answer(200, store(request)) : script.answer(request, this::store);
    }
    if (answer.status() == 0) {
      exchange.close();
      return;
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Map<String, String> read(HttpExchange exchange) throws IOException {
    Map<String, String> request = new LinkedHashMap<>();
    try (InputStream in = new GZIPInputStream(exchange.getRequestBody())) {
      Iterator<String> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().iterator();
      while (lines.hasNext()) {
        request.put(lines.next(), lines.next());
      }
    }
    return request;
  }

  private synchronized String store(Map<String, String> request) {
    StringBuilder items = new StringBuilder();
    boolean errors = false;
    for (Map.Entry<String, String> item : request.entrySet()) {
      String error = itemError.apply(item.getValue());
      if (error.isEmpty() && documents.putIfAbsent(item.getKey(), item.getValue()) != null) {
        error = "\"status\":409,\"error\":{\"type\":\"version_conflict_engine_exception\"}";
      }
      errors |= !error.isEmpty();
      items.append(items.length() == 0 ? "" : ",").append("{\"create\":{");
      items.append(error.isEmpty() ? "\"status\":201" : error).append("}}");
    }
    return "{\"errors\":" + errors + ",\"items\":[" + items + "]}";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
