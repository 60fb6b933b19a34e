package io.nsqlops.backup.store.s3;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before a real S3 server and spoils single requests. It understands as much of HTTP as that
 * takes: every request has a connection of its own.
 */
final class FaultyProxy implements AutoCloseable {

  /** What happens to a request. */
  enum Fault {
    /** The connection breaks before the server hears of it. */
    RESET,
    /** The server does its work, then the connection breaks. */
    COMMIT_THEN_DROP,
    /** The server does its work, but an error is told. */
    COMMIT_THEN_500,
    /** An internal error. */
    ERROR_500,
    /** The server wants to be left alone. */
    SLOW_DOWN,
    /** Half of the reply arrives. */
    TRUNCATE,
    /** The server does its work, but the reply takes too long. */
    DELAY
  }

  /** Which requests are spoilt. */
  interface Plan {
    /**
     * @param number of the request, from 1
     * @param attempt of the client at the same call, from 1
     */
    Optional<Fault> of(int number, int attempt);
  }

  private static final Pattern ATTEMPT =
      Pattern.compile(
          "^amz-sdk-request:.*attempt=(\\d+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final InetSocketAddress target;
  private final Duration delay;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile Plan plan = (number, attempt) -> Optional.empty();

  /**
   * @param delay longer than the client waits
   */
  FaultyProxy(URI target, Duration delay) throws IOException {
    this.target = new InetSocketAddress(target.getHost(), target.getPort());
    this.delay = delay;
    this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Requests are counted anew, from 1. */
  void plan(Plan faults) {
    count.set(0);
    plan = faults;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // the listener was closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      byte[] request = request(client);
      Optional<Fault> fault = plan.of(count.incrementAndGet(), attempt(request));
      if (fault.isEmpty()) {
        send(client, forward(request));
      } else {
        spoil(fault.get(), request, client);
      }
    } catch (IOException e) {
      // the client went away, or the proxy is being closed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(client);
    }
  }

  private static int attempt(byte[] request) {
    Matcher matcher = ATTEMPT.matcher(new String(request, StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      throw new IllegalStateException("a request does not tell which attempt it is");
    }
    return Integer.parseInt(matcher.group(1));
  }

  private void spoil(Fault fault, byte[] request, Socket client)
      throws IOException, InterruptedException {
    switch (fault) {
      case RESET -> client.setSoLinger(true, 0);
      case COMMIT_THEN_DROP -> forward(request);
      case COMMIT_THEN_500 -> {
        forward(request);
        send(client, error("500 Internal Server Error", "InternalError"));
      }
      case ERROR_500 -> send(client, error("500 Internal Server Error", "InternalError"));
      case SLOW_DOWN -> send(client, error("503 Service Unavailable", "SlowDown"));
      case TRUNCATE -> {
        byte[] reply = forward(request);
        send(client, Arrays.copyOf(reply, reply.length / 2));
      }
      case DELAY -> {
        byte[] reply = forward(request);
        Thread.sleep(delay.toMillis());
        send(client, reply);
      }
    }
  }

  private static byte[] error(String status, String code) {
    String body = "<Error><Code>" + code + "</Code><Message>injected</Message></Error>";
    String head =
        "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, body.length());
    return (head + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void send(Socket client, byte[] reply) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(reply);
    out.flush();
  }

  /** A whole request, so that the server closes the connection after its reply. */
  private static byte[] request(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    String head = head(in);
    if (head.toLowerCase(Locale.ROOT).contains("expect: 100-continue")) {
      send(client, "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    int length = 0;
    StringBuilder kept = new StringBuilder();
    for (String line : head.split("\r\n", -1)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
      if (!line.isEmpty() && !lower.startsWith("expect:") && !lower.startsWith("connection:")) {
        kept.append(line).append("\r\n");
      }
    }
    kept.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(kept.toString().getBytes(StandardCharsets.ISO_8859_1));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the client went away");
    }
    all.write(body);
    return all.toByteArray();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("no request");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private byte[] forward(byte[] request) throws IOException {
    try (Socket server = new Socket()) {
      server.connect(target);
      server.getOutputStream().write(request);
      server.getOutputStream().flush();
      return server.getInputStream().readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
