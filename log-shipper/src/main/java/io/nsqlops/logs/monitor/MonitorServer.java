package io.nsqlops.logs.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.model.Metric;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /metrics}, {@code /healthz} and {@code /readyz}. The last two answer 200, or 503 with what
 * is wrong.
 */
public final class MonitorServer implements AutoCloseable {
  private static final int BACKLOG = 16;

  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * What is asked.
   *
   * @param illness why the process should be restarted, empty if it is well
   * @param trouble why nothing is delivered, empty if all is well
   */
  public record Answers(
      Supplier<List<Metric>> metrics,
      Supplier<Optional<String>> illness,
      Supplier<Optional<String>> trouble) {}

  private MonitorServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Listens from now on.
   *
   * @throws LogsException of kind USAGE if the address cannot be had
   */
  public static MonitorServer start(InetSocketAddress address, Answers answers) {
    try {
      HttpServer server = HttpServer.create(address, BACKLOG);
      ExecutorService threads =
          Executors.newFixedThreadPool(
              2,
              task -> {
                Thread thread = new Thread(task, "log-monitor");
                thread.setDaemon(true);
                return thread;
              });
      server.setExecutor(threads);
      server.createContext(
          "/metrics",
          exchange ->
              answer(
                  exchange,
                  200,
                  MetricsText.CONTENT_TYPE,
                  MetricsText.of(answers.metrics().get())));
      server.createContext("/healthz", exchange -> verdict(exchange, answers.illness().get()));
      server.createContext("/readyz", exchange -> verdict(exchange, answers.trouble().get()));
      server.start();
      return new MonitorServer(server, threads);
    } catch (IOException e) {
      throw new LogsException(
          ErrorKind.USAGE,
          "logs.listen",
          address + " cannot be listened on: " + e.getMessage(),
          "Choose a free address, or leave logs.listen out.",
          e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private static void verdict(HttpExchange exchange, Optional<String> complaint)
      throws IOException {
    String text = complaint.orElse("ok") + '\n';
    answer(exchange, complaint.isPresent() ? 503 : 200, "text/plain; charset=utf-8", text);
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
