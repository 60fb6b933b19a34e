package io.nsqlops.logs.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * A bulk endpoint that keeps the ids of documents only, and shows each new document to somebody.
 */
final class CountingElasticsearch implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> ids = new HashSet<>();
  private final Consumer<String> fresh;

  /**
   * @param fresh called with every document that was not there, one at a time
   */
  CountingElasticsearch(int port, Consumer<String> fresh) throws IOException {
    this.fresh = fresh;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    server.createContext("/_bulk", this::bulk);
    server.setExecutor(threads);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized int documents() {
    return ids.size();
  }

  private void bulk(HttpExchange exchange) throws IOException {
    StringBuilder items = new StringBuilder();
    boolean errors = false;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(exchange.getRequestBody(), 64 * 1024),
                StandardCharsets.UTF_8))) {
      for (String action = in.readLine(); action != null; action = in.readLine()) {
        boolean stored = store(action, in.readLine());
        errors |= !stored;
        items.append(items.length() == 0 ? "" : ",");
        items.append("{\"create\":{\"status\":").append(stored ? 201 : 409).append("}}");
      }
    }
    byte[] body =
        ("{\"errors\":" + errors + ",\"items\":[" + items + "]}").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private synchronized boolean store(String action, String document) {
    boolean added = ids.add(action.substring(action.indexOf("_id")));
    if (added) {
      fresh.accept(document);
    }
    return added;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
