package io.nsqlops.logs.sink.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.sink.ServerSurvey;
import io.nsqlops.logs.sink.ServerSurvey.Block;
import io.nsqlops.logs.sink.ServerSurvey.Template;
import io.nsqlops.logs.sink.elasticsearch.Connection.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks Elasticsearch what delivery will need. Writes nothing. */
public final class ElasticsearchSurvey {
  /** What a bulk request of {@code create} operations needs where no data stream is yet. */
  private static final List<String> RIGHTS = List.of("create_doc", "auto_configure");

  private final Connection connection;
  private final ElasticsearchConfig config;
  private final Collection<String> streams;

  private ElasticsearchSurvey(
      Connection connection, ElasticsearchConfig config, Collection<String> streams) {
    this.connection = connection;
    this.config = config;
    this.streams = streams;
  }

  /**
   * Asks all there is to ask.
   *
   * @param streams names of the data streams to be written, with wildcards
   * @throws LogsException of kind TRANSIENT if nobody answers, USAGE if we are refused
   */
  public static ServerSurvey make(ElasticsearchConfig config, Collection<String> streams)
      throws InterruptedException {
    try (Connection connection = Connection.open(config)) {
      return new ElasticsearchSurvey(connection, config, streams).make();
    } catch (IOException e) {
      throw Connection.unreachable(config, e);
    }
  }

  private ServerSurvey make() throws InterruptedException {
    String described =
        ServerVersion.ask(connection, config)
            .map(v -> v.number() + ", cluster " + v.cluster())
            .orElse("it does not tell its version");
    List<String> lacking = new ArrayList<>();
    boolean told = rights(lacking);
    return new ServerSurvey(described, time(), lacking, told, template(), blocks(), plainIndices());
  }

  private @Nullable Instant time() throws InterruptedException {
    Request request = new Request("GET", "/_nodes/_local/stats/os");
    request.addParameters(Map.of("filter_path", "nodes.*.timestamp"));
    for (JsonNode node : connection.ask(request, config).json().path("nodes")) {
      return Instant.ofEpochMilli(node.path("timestamp").asLong());
    }
    return null;
  }

  /** Adds what is lacking; false if the server does not tell. */
  private boolean rights(List<String> lacking) throws InterruptedException {
    ObjectNode asked = JsonMapper.shared().createObjectNode();
    ObjectNode index = asked.putArray("index").addObject();
    streams.forEach(index.putArray("names")::add);
    RIGHTS.forEach(index.putArray("privileges")::add);
    Request request = new Request("POST", "/_security/user/_has_privileges");
    request.setEntity(new StringEntity(asked.toString(), ContentType.APPLICATION_JSON));
    Reply reply = connection.ask(request, config);
    JsonNode told = reply.json().path("index");
    if (reply.status() != 200 || !told.isObject()) {
      return false;
    }
    told.properties()
        .forEach(
            stream ->
                stream.getValue().properties().stream()
                    .filter(right -> !right.getValue().asBoolean(false))
                    .forEach(right -> lacking.add(right.getKey() + " on " + stream.getKey())));
    return true;
  }

  private Template template() throws InterruptedException {
    Request request = new Request("GET", "/_index_template/" + IndexTemplates.NAME);
    return switch (connection.ask(request, config).status()) {
      case 200 -> Template.INSTALLED;
      case 404 -> Template.MISSING;
      default -> Template.NOT_TOLD;
    };
  }

  /** Those that are in force, wherever they were set. */
  private List<Block> blocks() throws InterruptedException {
    Request request = new Request("GET", "/_cluster/state/blocks");
    request.addParameters(Map.of("filter_path", "blocks.global.*.description"));
    List<Block> blocks = new ArrayList<>();
    for (JsonNode block : connection.ask(request, config).json().at("/blocks/global")) {
      String reason = block.path("description").asString("");
      blocks.add(new Block(reason, WriteBlock.nextStep(reason)));
    }
    return blocks;
  }

  private List<String> plainIndices() throws InterruptedException {
    List<String> plain = new ArrayList<>();
    for (String stream : streams) {
      // As a pattern, since a name that is not there yet would be an error.
      Reply reply = connection.ask(new Request("GET", "/_resolve/index/" + stream + '*'), config);
      for (JsonNode index : reply.json().path("indices")) {
        String name = index.path("name").asString("");
        if (!index.has("data_stream") && fits(name, stream)) {
          plain.add(name);
        }
      }
    }
    return plain;
  }

  /** Whether a name fits a pattern with one wildcard at most. */
  private static boolean fits(String name, String pattern) {
    int star = pattern.indexOf('*');
    return star < 0
        ? name.equals(pattern)
        : name.length() >= pattern.length() - 1
            && name.startsWith(pattern.substring(0, star))
            && name.endsWith(pattern.substring(star + 1));
  }
}
