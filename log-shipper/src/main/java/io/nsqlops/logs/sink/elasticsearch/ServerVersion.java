package io.nsqlops.logs.sink.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.sink.elasticsearch.Connection.Reply;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which server answers.
 *
 * @param number its version
 * @param cluster name of its cluster
 */
record ServerVersion(String number, String cluster) {
  /**
   * Asks; empty if the server is there but does not tell.
   *
   * @throws LogsException of kind TRANSIENT if nobody answers, USAGE if we are refused
   */
  static Optional<ServerVersion> ask(Connection connection, ElasticsearchConfig config)
      throws InterruptedException {
    Reply root = connection.ask(new Request("GET", "/"), config);
    if (root.status() == 401) {
      throw new LogsException(
          ErrorKind.USAGE,
          config.urls().toString(),
          "Elasticsearch refuses us with 401",
          "Check logs.elasticsearch.api-key, or username and password.");
    }
    JsonNode told = root.json();
    String number = told.at("/version/number").asString("");
    if (root.status() != 200 || number.isEmpty()) {
      // The root is not there in every distribution, nor is the right to see it; the nodes are.
      Request nodes = new Request("GET", "/_nodes/_local");
      nodes.addParameters(Map.of("filter_path", "cluster_name,nodes.*.version"));
      Reply reply = connection.ask(nodes, config);
      told = reply.json();
      for (JsonNode node : told.path("nodes")) {
        number = node.path("version").asString("");
      }
    }
    return !number.matches("\\d{1,4}\\..*")
        ? Optional.empty()
        : Optional.of(new ServerVersion(number, told.path("cluster_name").asString("")));
  }

  /** The first number of the version. */
  int major() {
    return Integer.parseInt(number.substring(0, number.indexOf('.')));
  }
}
