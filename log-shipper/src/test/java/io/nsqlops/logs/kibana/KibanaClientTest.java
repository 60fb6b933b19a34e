package io.nsqlops.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.testbeds.tls.OwnAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void anAuthorityOfOnesOwnIsTrustedWhenItIsNamed(@TempDir Path directory) throws Exception {
    OwnAuthority authority = OwnAuthority.make(directory);
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    secure.setHttpsConfigurator(new HttpsConfigurator(authority.serving()));
    secure.createContext("/", this::handle);
    secure.start();
    try {
      URI address = URI.create("https://127.0.0.1:" + secure.getAddress().getPort());
      KibanaClient trusting = new KibanaClient(address, "", "", authority.certificate());
      assertThat(trusting.install(List.of("{}"))).isEqualTo(2);
      LogsException e =
          catchThrowableOfType(
              LogsException.class,
              () -> new KibanaClient(address, "", "", null).install(List.of("{}")));
      assertThat(e.hint()).contains("--ca");
    } finally {
      secure.stop(0);
    }
    Path noCertificate = Files.writeString(directory.resolve("empty.pem"), "");
    URI address = URI.create("https://kibana");
    assertThat(
            catchThrowableOfType(
                    LogsException.class, () -> new KibanaClient(address, "", "", noCertificate))
                .told())
        .contains("empty.pem");
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
        LogsException.class, () -> new KibanaClient(address, space, authorization, null));
  }

  private LogsException failure() {
    return catchThrowableOfType(
        LogsException.class, () -> client("", "").install(List.of("{\"a\":1}")));
  }

  private KibanaClient client(String space, String authorization) {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/");
    return new KibanaClient(uri, space, authorization, null);
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
