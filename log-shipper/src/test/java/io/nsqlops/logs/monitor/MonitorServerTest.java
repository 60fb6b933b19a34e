package io.nsqlops.logs.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.model.Metric;
import io.nsqlops.logs.monitor.MonitorServer.Answers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MonitorServerTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private volatile Optional<String> trouble = Optional.empty();
  private final Answers answers =
      new Answers(
          () -> List.of(Metric.counter("lines_total", "Lines.", 7)),
          Optional::empty,
          () -> trouble);

  @Test
  void servesMetricsAndTellsWhatIsWrong() throws Exception {
    try (MonitorServer server = MonitorServer.start(ANY, answers)) {
      assertThat(get(server, "/metrics").body()).contains("lines_total 7");
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);

      trouble = Optional.of("Elasticsearch refuses us with 401");

      assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
      assertThat(get(server, "/readyz").body()).contains("refuses us with 401");
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anAddressInUseIsToldWithAHint() {
    try (MonitorServer server = MonitorServer.start(ANY, answers)) {
      LogsException e =
          catchThrowableOfType(
              LogsException.class, () -> MonitorServer.start(server.address(), answers).close());
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.hint()).contains("logs.listen");
    }
  }

  private static HttpResponse<String> get(MonitorServer server, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
