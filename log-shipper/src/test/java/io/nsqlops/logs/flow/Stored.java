package io.nsqlops.logs.flow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in the index, read without any code of the shipper. */
final class Stored {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;

  Stored(URI server) {
    this.server = server;
  }

  /** How many documents there are by now; none while the index is only being made. */
  long count(String index) throws IOException, InterruptedException {
    String ready = "/_cluster/health/" + index + "?wait_for_status=yellow&expand_wildcards=all";
    call("GET", ready, "");
    call("POST", "/" + index + "/_refresh?ignore_unavailable=true", "");
    return call("GET", "/" + index + "/_count?ignore_unavailable=true", "").path("count").asLong();
  }

  /** Every document. */
  List<JsonNode> all(String index) throws IOException, InterruptedException {
    call("POST", "/" + index + "/_refresh", "");
    List<JsonNode> documents = new ArrayList<>();
    JsonNode page =
        call("POST", "/" + index + "/_search?scroll=1m", "{\"size\":5000,\"sort\":[\"_doc\"]}");
    while (!page.at("/hits/hits").isEmpty()) {
      page.at("/hits/hits").forEach(hit -> documents.add(hit.path("_source")));
      String scroll = page.path("_scroll_id").asString();
      page =
          call("POST", "/_search/scroll", "{\"scroll\":\"1m\",\"scroll_id\":\"" + scroll + "\"}");
    }
    return documents;
  }

  /** Calls back with the message of every document. */
  long messages(String index, Consumer<String> consumer) throws IOException, InterruptedException {
    call("POST", "/" + index + "/_refresh", "");
    String filter = "filter_path=_scroll_id,hits.hits._source.message";
    String first = "{\"size\":10000,\"sort\":[\"_doc\"],\"_source\":[\"message\"]}";
    JsonNode page = call("POST", "/" + index + "/_search?scroll=1m&" + filter, first);
    long count = 0;
    while (!page.at("/hits/hits").isEmpty()) {
      for (JsonNode hit : page.at("/hits/hits")) {
        consumer.accept(hit.at("/_source/message").asString());
        count++;
      }
      String scroll = page.path("_scroll_id").asString();
      page =
          call(
              "POST",
              "/_search/scroll?" + filter,
              "{\"scroll\":\"1m\",\"scroll_id\":\"" + scroll + "\"}");
    }
    return count;
  }

  JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 400) {
      throw new IOException(path + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }
}
