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
   * @throws LogsException of kind TRANSIENT if nobody answers, USAGE if we are refused, or if what
   *     answers is not Elasticsearch
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
    String number = root.status() == 200 ? root.json().at("/version/number").asString("") : "";
    if (isVersion(number)) {
      return Optional.of(of(number, root));
    }
    // The root is not there in every distribution, nor is the right to see it; the nodes are.
    Request request = new Request("GET", "/_nodes/_local");
    request.addParameters(Map.of("filter_path", "cluster_name,nodes.*.version"));
    Reply nodes = connection.ask(request, config);
    for (JsonNode node : nodes.json().path("nodes")) {
      number = node.path("version").asString("");
    }
    if (isVersion(number)) {
      return Optional.of(of(number, nodes));
    }
    new ReachedServer(connection, config).mustBeElasticsearch(root, nodes);
    return Optional.empty();
  }

  private static boolean isVersion(String number) {
    return number.matches("\\d{1,4}\\..*");
  }

  private static ServerVersion of(String number, Reply reply) {
    return new ServerVersion(number, reply.json().path("cluster_name").asString(""));
  }

  /** The first number of the version. */
  int major() {
    return Integer.parseInt(number.substring(0, number.indexOf('.')));
  }
}
