package io.nsqlops.logs.sink.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.sink.elasticsearch.Connection.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whether somebody who answers, and tells no version, is Elasticsearch. A user who may do nothing
 * but write is not told the version; behind a wrong path, a proxy or Elasticsearch itself answers
 * that there is no such thing.
 */
final class ReachedServer {
  private static final int FORBIDDEN = 403;
  private static final int BUSY = 429;
  private static final int SERVER_ERROR = 500;

  /** What Elasticsearch says of a path it takes for the name of an index. */
  private static final List<String> OTHER_PATH =
      List.of("index_not_found_exception", "no handler found for uri");

  private final Connection connection;
  private final ElasticsearchConfig config;

  ReachedServer(Connection connection, ElasticsearchConfig config) {
    this.connection = connection;
    this.config = config;
  }

  /**
   * Looks at what was answered when the version was asked for, and asks once more where that leaves
   * it open.
   *
   * @throws LogsException of kind USAGE if it is something else, TRANSIENT if it is not well
   */
  void mustBeElasticsearch(Reply root, Reply nodes) throws InterruptedException {
    mustBeWell(root);
    mustBeWell(nodes);
    if (isOtherPath(root) || isOtherPath(nodes)) {
      throw notHere(root);
    }
    if (mayNotBeTold(root) || mayNotBeTold(nodes)) {
      return;
    }
    // A proxy may let nothing through but bulk requests. One without a body writes nothing.
    Reply bulk = connection.ask(new Request("POST", "/_bulk"), config);
    mustBeWell(bulk);
    if (!bulk.isElasticsearchError()) {
      throw notHere(root);
    }
  }

  private void mustBeWell(Reply reply) {
    if (reply.status() >= SERVER_ERROR || reply.status() == BUSY) {
      throw new LogsException(
          ErrorKind.TRANSIENT,
          config.urls().toString(),
          "Elasticsearch, or a proxy in front of it, answers " + said(reply),
          "Try again when it is well.");
    }
  }

  private static boolean isOtherPath(Reply reply) {
    String text = new String(reply.body(), StandardCharsets.UTF_8);
    return OTHER_PATH.stream().anyMatch(text::contains);
  }

  private static boolean mayNotBeTold(Reply reply) {
    return reply.status() == FORBIDDEN && reply.isElasticsearchError();
  }

  private LogsException notHere(Reply reply) {
    return new LogsException(
        ErrorKind.USAGE,
        config.urls().toString(),
        "what answers there is not Elasticsearch: " + said(reply),
        "Check logs.elasticsearch.urls, a path in it too: it is where a proxy serves Elasticsearch's"
            + " root.");
  }

  private static String said(Reply reply) {
    return (reply.status() + " " + reply.excerpt()).strip();
  }
}
