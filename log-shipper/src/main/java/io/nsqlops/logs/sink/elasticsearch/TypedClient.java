package io.nsqlops.logs.sink.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import io.nsqlops.logs.config.ElasticsearchConfig;

/** The typed client, speaking the media type the server understands. */
final class TypedClient {
  /** A client of version 9 is refused by servers of version 8 unless it asks for their format. */
  private static final int CLIENT_MAJOR = 9;

  /** The format that servers of versions 8 and 9 speak, for one that does not tell its version. */
  private static final int UNKNOWN_MAJOR = 8;

  private TypedClient() {}

  static ElasticsearchClient over(Connection connection, ElasticsearchConfig config)
      throws InterruptedException {
    int major =
        ServerVersion.ask(connection, config)
            .map(ServerVersion::major)
            .map(server -> Math.min(server, CLIENT_MAJOR))
            .orElse(UNKNOWN_MAJOR);
    String media = "application/vnd.elasticsearch+json; compatible-with=" + major;
    ElasticsearchClient client =
        new ElasticsearchClient(
            new Rest5ClientTransport(connection.client(), new Jackson3JsonpMapper()));
    return client.withTransportOptions(
        options -> options.setHeader("Accept", media).setHeader("Content-Type", media));
  }
}
