package io.nsqlops.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.nsqlops.cli.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in that records what comes. */
class KibanaCommandTest {
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  private HttpServer kibana() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().readAllBytes();
            byte[] answer =
                "{\"success\":true,\"successCount\":17}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    return server;
  }

  @Test
  void logsInWithAUserOrAKey(@TempDir Path directory) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "s3cret:with colon\n");
    HttpServer server = kibana();
    String url = "--url=http://127.0.0.1:" + server.getAddress().getPort();
    try {
      Run user = Run.of("kibana", "install", url, "--user=elastic", "--password-file=" + secret);
      assertThat(user.code()).as(user.err()).isZero();
      assertThat(user.out()).contains("17 saved objects");
      Run key = Run.of("kibana", "install", url, "--api-key-file=" + secret);
      assertThat(key.code()).as(key.err()).isZero();
    } finally {
      server.stop(0);
    }
    assertThat(authorizations)
        .containsExactly(
            "Basic " + base64("elastic:s3cret:with colon"),
            "ApiKey " + base64("s3cret:with colon"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void saysWhatIsMissing() {
    Run nowhere = Run.of("kibana", "install");
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("HINT: add --url");
    Run password = Run.of("kibana", "install", "--url=http://127.0.0.1:9", "--user=elastic");
    assertThat(password.code()).isEqualTo(2);
    assertThat(password.err()).contains("no password for elastic").contains("--password-file");
    Run ca = Run.of("kibana", "install", "--url=https://127.0.0.1:9", "--ca=/no/such.pem");
    assertThat(ca.code()).isEqualTo(2);
    assertThat(ca.err()).contains("/no/such.pem");
  }
}
