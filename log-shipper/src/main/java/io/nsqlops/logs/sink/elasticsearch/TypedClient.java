package io.nsqlops.logs.sink.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.sink.elasticsearch.Connection.Reply;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The typed client, speaking the media type the server understands. */
final class TypedClient {
  /** A client of version 9 is refused by servers of version 8 unless it asks for their format. */
  private static final int CLIENT_MAJOR = 9;

  private static final Pattern VERSION =
      Pattern.compile("\"(?:number|version)\"\\s*:\\s*\"(\\d+)\\.\\d+");

  private TypedClient() {}

  static ElasticsearchClient over(Connection connection, ElasticsearchConfig config)
      throws InterruptedException {
    int major = Math.min(CLIENT_MAJOR, serverMajor(connection, config));
    String media = "application/vnd.elasticsearch+json; compatible-with=" + major;
    ElasticsearchClient client =
        new ElasticsearchClient(
            new Rest5ClientTransport(connection.client(), new Jackson3JsonpMapper()));
    return client.withTransportOptions(
        options -> options.setHeader("Accept", media).setHeader("Content-Type", media));
  }

  private static int serverMajor(Connection connection, ElasticsearchConfig config)
      throws InterruptedException {
    // The root is not there in every distribution; the nodes are.
    for (String path : new String[] {"/", "/_nodes/_local?filter_path=nodes.*.version"}) {
      Reply reply = get(connection, path, config);
      Matcher version = VERSION.matcher(reply.excerpt());
      if (reply.status() == 200 && version.find()) {
        return Integer.parseInt(version.group(1));
      }
      if (reply.status() == 401 || reply.status() == 403) {
        throw new LogsException(
            ErrorKind.USAGE,
            config.urls().toString(),
            "Elasticsearch refuses us with " + reply.status(),
            "Check logs.elasticsearch.api-key, or username and password.");
      }
    }
    return CLIENT_MAJOR;
  }

  private static Reply get(Connection connection, String path, ElasticsearchConfig config)
      throws InterruptedException {
    int query = path.indexOf('?');
    Request request = new Request("GET", query < 0 ? path : path.substring(0, query));
    if (query >= 0) {
      String[] parameter = path.substring(query + 1).split("=", 2);
      request.addParameter(parameter[0], parameter[1]);
    }
    try {
      return connection.send(request);
    } catch (IOException e) {
      throw unreachable(config, e);
    }
  }

  static LogsException unreachable(ElasticsearchConfig config, IOException e) {
    return new LogsException(
        ErrorKind.TRANSIENT,
        config.urls().toString(),
        "Elasticsearch cannot be reached: " + e.getMessage(),
        "Check logs.elasticsearch.urls, the network, and that the server is up.",
        e);
  }
}
