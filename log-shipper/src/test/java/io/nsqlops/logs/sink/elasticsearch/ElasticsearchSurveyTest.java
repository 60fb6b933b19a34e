package io.nsqlops.logs.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.sink.ServerSurvey;
import io.nsqlops.logs.sink.ServerSurvey.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a server with security, which the one of the test beds has not. */
class ElasticsearchSurveyTest {
  private final Map<String, String> answers = new TreeMap<>();
  private final Map<String, String> asked = new TreeMap<>();
  private HttpServer server;

  /** Whether errors are those of a proxy, not of Elasticsearch. */
  private boolean plain;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void tellsWhatIsLacking() throws InterruptedException {
    answers.put("/", "{\"cluster_name\":\"shop\",\"version\":{\"number\":\"9.1.0\"}}");
    answers.put(
        "/_security/user/_has_privileges",
        """
        {"username": "u", "has_all_requested": false, "cluster": {}, "index": {
          "logs-tidb.server-shop": {"create_doc": true, "auto_configure": false},
          "logs-*-shop": {"create_doc": true, "auto_configure": true}}}
        """);
    answers.put("/_nodes/_local/stats/os", "{\"nodes\":{\"n1\":{\"timestamp\":1767322800000}}}");
    answers.put("/_index_template/nsql-ops-logs", "{\"index_templates\":[{}]}");
    answers.put(
        "/_cluster/state/blocks",
        "{\"blocks\":{\"global\":{\"6\":{\"description\":\"cluster read-only (api)\"}}}}");
    answers.put(
        "/_resolve/index/logs-*-shop*",
        """
        {"indices": [
          {"name": ".ds-logs-a-shop-1", "attributes": ["open"], "data_stream": "logs-a-shop"},
          {"name": "logs-b-shop", "attributes": ["open"]},
          {"name": "logs-b-shop2", "attributes": ["open"]}],
         "aliases": [], "data_streams": [{"name": "logs-a-shop"}]}
        """);

    ServerSurvey survey = survey("logs-tidb.server-shop", "logs-*-shop");

    assertThat(survey.described()).isEqualTo("9.1.0, cluster shop");
    assertThat(survey.rightsTold()).isTrue();
    assertThat(survey.lacking()).containsExactly("auto_configure on logs-tidb.server-shop");
    assertThat(survey.time()).isEqualTo(Instant.parse("2026-01-02T03:00:00Z"));
    assertThat(survey.template()).isEqualTo(Template.INSTALLED);
    assertThat(survey.blocks())
        .singleElement()
        .satisfies(
            block -> {
              assertThat(block.reason()).isEqualTo("cluster read-only (api)");
              assertThat(block.liftedBy()).contains("cluster.blocks.read_only to null");
            });
    assertThat(survey.plainIndices()).containsExactly("logs-b-shop");
    assertThat(asked.get("/_security/user/_has_privileges"))
        .isEqualTo(
            "{\"index\":[{\"names\":[\"logs-tidb.server-shop\",\"logs-*-shop\"],"
                + "\"privileges\":[\"create_doc\",\"auto_configure\"]}]}");
  }

  /** A key that may write and nothing else is enough to ship. */
  @Test
  void doesWithoutWhatAKeyMayNotSee() throws InterruptedException {
    answers.put(
        "/_security/user/_has_privileges",
        "{\"index\":{\"logs-a-shop\":{\"create_doc\":true,\"auto_configure\":true}}}");

    ServerSurvey survey = survey("logs-a-shop");

    assertThat(survey.described()).isEqualTo("it does not tell its version");
    assertThat(survey.lacking()).isEmpty();
    assertThat(survey.time()).isNull();
    assertThat(survey.template()).isEqualTo(Template.NOT_TOLD);
    assertThat(survey.blocks()).isEmpty();
    assertThat(survey.plainIndices()).isEmpty();
  }

  @Test
  void aWrongKeyIsToldAsSuch() {
    answers.put("/", "401");

    assertThatThrownBy(() -> survey("logs-a-shop"))
        .isInstanceOfSatisfying(
            LogsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
              assertThat(e.hint()).contains("logs.elasticsearch.api-key");
            });
  }

  /** As behind a proxy, by another path than it serves Elasticsearch at. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "404 page not found",
        "<html>Welcome</html>",
        "{\"error\":{\"type\":\"index_not_found_exception\"},\"status\":404}",
        "{\"error\":\"no handler found for uri [/es/_nodes/_local] and method [GET]\"}"
      })
  void aWrongPathIsToldAsSuch(String page) {
    for (String path : List.of("/es/", "/es/_nodes/_local", "/es/_bulk")) {
      answers.put(path, page.startsWith("404") ? "404" : page);
    }
    plain = page.startsWith("404");

    assertThatThrownBy(() -> surveyAt("/es", "logs-a-shop"))
        .isInstanceOfSatisfying(
            LogsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
              assertThat(e.told()).contains("/es", "not Elasticsearch");
              assertThat(e.hint()).contains("logs.elasticsearch.urls", "path");
            });
  }

  @Test
  void aProxyThatLetsBulkRequestsThroughAloneIsEnough() throws InterruptedException {
    plain = true;
    answers.put("/", "404");
    answers.put("/_nodes/_local", "404");
    answers.put("/_bulk", "{\"error\":{\"type\":\"parse_exception\"},\"status\":400}");

    assertThat(survey("logs-a-shop").described()).isEqualTo("it does not tell its version");
    assertThat(asked.get("/_bulk")).isEmpty();
  }

  @Test
  void aServerThatIsNotWellIsToldAsSuch() {
    answers.put("/", "503");

    assertThatThrownBy(() -> survey("logs-a-shop"))
        .isInstanceOfSatisfying(
            LogsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT))
        .hasMessageContaining("503");
  }

  private ServerSurvey survey(String... streams) throws InterruptedException {
    return surveyAt("", streams);
  }

  private ServerSurvey surveyAt(String path, String... streams) throws InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return ElasticsearchSurvey.make(ElasticsearchConfig.open(address), List.of(streams));
  }

  /** What is not scripted is forbidden. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.put(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String body = answers.getOrDefault(path, "403");
    int status = body.length() == 3 ? Integer.parseInt(body) : 200;
    byte[] bytes =
        (status == 200 ? body : plain ? "nothing here" : "{\"error\":{}}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
