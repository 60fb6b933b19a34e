package io.nsqlops.testbeds.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@NeedsBed(Bed.ELASTICSEARCH)
class ElasticsearchServerTest extends ServerContract<ElasticsearchServer> {
  private static final Pattern TEXT = Pattern.compile("\"hits\":\\[.*\"text\":\"(\\w+)\"");

  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  ElasticsearchServer start(Path home) {
    return ElasticsearchServer.start(home);
  }

  @Override
  void store(ElasticsearchServer server, String value) throws Exception {
    HttpResponse<String> response =
        send(
            server,
            "/notes/_doc/1?refresh=true",
            HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + value + "\"}")));
    assertThat(response.statusCode()).isBetween(200, 201);
  }

  @Override
  String stored(ElasticsearchServer server) throws Exception {
    String found = send(server, "/notes/_search?q=text:*", HttpRequest.newBuilder()).body();
    Matcher matcher = TEXT.matcher(found);
    assertThat(matcher.find()).as(found).isTrue();
    return matcher.group(1);
  }

  private HttpResponse<String> send(
      ElasticsearchServer server, String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(
        request.uri(server.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
