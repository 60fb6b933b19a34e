package io.nsqlops.logs.sink.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Searches shipped logs with queries as they are typed into Kibana (Lucene syntax). */
public final class LogSearch implements AutoCloseable {
  private final Connection connection;
  private final ElasticsearchConfig config;
  private final ElasticsearchClient client;

  private LogSearch(Connection connection, ElasticsearchConfig config, ElasticsearchClient client) {
    this.connection = connection;
    this.config = config;
    this.client = client;
  }

  /** Connects and finds out what the server speaks. */
  public static LogSearch open(ElasticsearchConfig config) throws InterruptedException {
    Connection connection = Connection.open(config);
    boolean opened = false;
    try {
      LogSearch search = new LogSearch(connection, config, TypedClient.over(connection, config));
      opened = true;
      return search;
    } finally {
      if (!opened) {
        close(connection);
      }
    }
  }

  /**
   * What a search found.
   *
   * @param total how many documents match, exactly
   * @param documents the first of them, oldest first
   */
  public record Found(long total, List<JsonNode> documents) {
    public Found {
      documents = List.copyOf(documents);
    }
  }

  /** Makes everything delivered so far visible to searches. */
  public void refresh(String streams) {
    call(streams, () -> client.indices().refresh(r -> r.index(streams).ignoreUnavailable(true)));
  }

  /**
   * Searches.
   *
   * @param streams names of data streams, with wildcards
   * @param query in Lucene syntax, for example {@code log.level:error AND message:timeout}
   * @param size how many documents are wanted
   */
  public Found search(String streams, String query, int size) {
    SearchResponse<JsonNode> response =
        call(
            streams,
            () ->
                client.search(
                    s ->
                        s.index(streams)
                            .ignoreUnavailable(true)
                            .trackTotalHits(t -> t.enabled(true))
                            .size(size)
                            .sort(o -> o.field(f -> f.field("@timestamp").order(SortOrder.Asc)))
                            .query(q -> q.queryString(t -> t.query(query))),
                    JsonNode.class));
    TotalHits total = response.hits().total();
    List<JsonNode> documents =
        response.hits().hits().stream().map(Hit::source).filter(Objects::nonNull).toList();
    return new Found(total == null ? documents.size() : total.value(), documents);
  }

  /** How many documents match, exactly. */
  public long count(String streams, String query) {
    return call(
            streams,
            () ->
                client.count(
                    c ->
                        c.index(streams)
                            .ignoreUnavailable(true)
                            .query(q -> q.queryString(t -> t.query(query)))))
        .count();
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private <T> T call(String streams, Call<T> call) {
    try {
      return call.run();
    } catch (ElasticsearchException e) {
      throw new LogsException(
          e.status() >= 500 || e.status() == 429 ? ErrorKind.TRANSIENT : ErrorKind.USAGE,
          streams,
          "Elasticsearch refuses the search: " + e.getMessage(),
          "Check the query and the rights of the user.",
          e);
    } catch (IOException e) {
      throw Connection.unreachable(config, e);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      throw new LogsException(
          ErrorKind.INTERNAL, "Elasticsearch client", "cannot be closed: " + e, "", e);
    }
  }

  @Override
  public void close() {
    close(connection);
  }
}
