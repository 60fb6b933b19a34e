package io.nsqlops.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a stand-in that records what comes: there is no Kibana to test with. */
class KibanaClientTest {
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = "{\"success\":true,\"successCount\":2}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsAllObjectsAsOneFile() throws Exception {
    int installed = client("ops", "ApiKey x").install(List.of("{\"a\":1}", "{\"b\":\"ä\"}"));

    assertThat(installed).isEqualTo(2);
    assertThat(requests.get(0))
        .startsWith("POST /base/s/ops/api/saved_objects/_import?overwrite=true nsql-ops ApiKey x")
        .contains("name=\"file\"; filename=\"nsql-ops.ndjson\"")
        .contains("\r\n\r\n{\"a\":1}\n{\"b\":\"ä\"}\r\n--");
  }

  @Test
  void whatKibanaRefusesIsToldObjectByObject() {
    answer =
        "{\"success\":false,\"errors\":[{\"type\":\"search\",\"id\":\"s\","
            + "\"error\":{\"type\":\"missing_references\"}}]}";
    LogsException e = failure();
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage()).contains("search s: missing_references");
  }

  @Test
  void aKibanaThatIsNotReadyIsWorthAnotherTry() {
    status = 503;
    answer = "Kibana server is not ready yet";
    assertThat(failure().kind()).isEqualTo(ErrorKind.TRANSIENT);
    server.stop(0);
    assertThat(failure().kind()).isEqualTo(ErrorKind.TRANSIENT);
  }

  @Test
  void whoMayNotIsToldWhatIsMissing() {
    status = 403;
    answer = "{\"statusCode\":403,\"message\":\"Unable to bulk_create search\"}";
    assertThat(failure().told())
        .contains("/base/api/saved_objects")
        .contains("Unable to bulk_create");
    assertThat(failure().hint()).contains("right to manage saved objects");
    status = 401;
    assertThat(failure().kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(failure().hint()).contains("API key");
  }

  @Test
  void whatCannotBeSentIsRefusedWithoutRepeatingSecrets() {
    for (String address : List.of("kibana:5601", "ftp://kibana/", "/kibana", "http:///x")) {
      assertThat(refusal(URI.create(address), "", "").told()).contains(address);
    }
    URI address = URI.create("http://kibana:5601");
    assertThat(refusal(address, "my space", "").told()).contains("my space");
    assertThat(refusal(address, "../x", "").kind()).isEqualTo(ErrorKind.USAGE);
    LogsException secret = refusal(address, "", "ApiKey hunter2\nhunter3");
    assertThat(secret.told() + secret.hint()).contains("API key").doesNotContain("hunter");
  }

  private static LogsException refusal(URI address, String space, String authorization) {
    return catchThrowableOfType(
        LogsException.class, () -> new KibanaClient(address, space, authorization));
  }

  private LogsException failure() {
    return catchThrowableOfType(
        LogsException.class, () -> client("", "").install(List.of("{\"a\":1}")));
  }

  private KibanaClient client(String space, String authorization) {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/");
    return new KibanaClient(uri, space, authorization);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          exchange.getRequestMethod()
              + ' '
              + exchange.getRequestURI()
              + ' '
              + exchange.getRequestHeaders().getFirst("kbn-xsrf")
              + ' '
              + exchange.getRequestHeaders().getFirst("Authorization")
              + '\n'
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
