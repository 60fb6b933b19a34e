package io.nsqlops.testbeds.process;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Asks a starting server whether it serves yet. An exception means: not yet. */
@FunctionalInterface
public interface Probe {

  boolean isReady() throws Exception;

  /** Ready when the port accepts a connection. */
  static Probe tcp(int port) {
    return () -> {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return true;
      }
    };
  }

  /** Ready when the address answers with status 200. */
  static Probe http(URI address) {
    return http(address, HttpClient.newBuilder());
  }

  /** Ready when the address answers with status 200, by TLS. */
  static Probe https(URI address, SSLContext trusting) {
    return http(address, HttpClient.newBuilder().sslContext(trusting));
  }

  private static Probe http(URI address, HttpClient.Builder builder) {
    HttpClient client =
        builder.version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(1)).build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    return () -> client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  /** Ready when a login succeeds and a query is answered. */
  static Probe sql(String jdbcUrl, String user, String password) {
    return () -> {
      try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
          Statement statement = connection.createStatement()) {
        return statement.execute("SELECT 1");
      }
    };
  }
}
