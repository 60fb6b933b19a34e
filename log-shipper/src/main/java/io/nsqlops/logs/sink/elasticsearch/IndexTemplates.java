package io.nsqlops.logs.sink.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Installs the index template of our data streams.
 *
 * <p>One template with the fields of all formats: a data stream costs shards, a mapped field that
 * is never used costs nothing.
 */
public final class IndexTemplates {
  /** Name of the template. */
  public static final String NAME = "nsql-ops-logs";

  private static final String RESOURCE = "/nsql-ops-logs-template.json";
  private static final List<String> DATASETS =
      List.of(
          "tidb.*",
          "tikv.*",
          "pd.*",
          "ticdc.*",
          "tiflash.*",
          "tiproxy.*",
          "cockroachdb.*",
          "oceanbase.*",
          "mysql.*",
          "mariadb.*",
          "nsqlops.*");
  private static final JsonMapper JSON = new JsonMapper();

  /** Which field types the server has. */
  public enum Types {
    /** Those of the default distribution. */
    ALL,
    /** Those of a distribution without Elastic's extensions: plain text and keyword instead. */
    REDUCED
  }

  private IndexTemplates() {}

  /**
   * Installs or replaces the template. Data streams that exist take it over when they roll over.
   *
   * @throws LogsException of kind USAGE if the server refuses, TRANSIENT if it cannot be reached or
   *     is blocked
   */
  public static void install(LogsConfig config, Types types) throws InterruptedException {
    Set<String> datasets = new TreeSet<>(DATASETS);
    datasets.addAll(config.datasets());
    datasets.add("generic");
    install(config.elasticsearch(), types, body(datasets, types));
  }

  private static void install(ElasticsearchConfig config, Types types, String body)
      throws InterruptedException {
    try (Connection connection = Connection.open(config)) {
      ElasticsearchClient client = TypedClient.over(connection, config);
      client.indices().putIndexTemplate(t -> t.name(NAME).withJson(new StringReader(body)));
    } catch (ElasticsearchException e) {
      throw refused(e, types);
    } catch (IOException e) {
      throw Connection.unreachable(config, e);
    }
  }

  private static LogsException refused(ElasticsearchException e, Types types) {
    String template = "index template " + NAME;
    if (WriteBlock.is(e.error().type())) {
      String reason = String.valueOf(e.error().reason());
      return new LogsException(
          ErrorKind.TRANSIENT,
          template,
          "Elasticsearch has blocked writing: " + reason,
          WriteBlock.nextStep(reason) + '.',
          e);
    }
    return new LogsException(
        e.status() >= 500 || e.status() == 429 ? ErrorKind.TRANSIENT : ErrorKind.USAGE,
        template,
        "Elasticsearch refuses it: " + reasons(e),
        hint(e.status(), types),
        e);
  }

  /** The last cause is the one that says what is wrong. */
  private static String reasons(ElasticsearchException e) {
    String reason = "";
    ErrorCause cause = e.error().causedBy();
    while (cause != null) {
      reason = ": " + cause.reason();
      cause = cause.causedBy();
    }
    return e.getMessage() + reason;
  }

  private static String hint(int status, Types types) {
    return switch (status) {
      case 401, 403 -> "The user needs the right manage_index_templates.";
      case 400 ->
          "A template of the same priority must go or get another"
              + (types == Types.REDUCED
                  ? "."
                  : "; a server without Elastic's own field types takes --templates reduced.");
      default -> "Look at the log of Elasticsearch.";
    };
  }

  /** The template as it is sent. */
  static String body(Collection<String> datasets, Types types) {
    try (InputStream in = IndexTemplates.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + RESOURCE);
      }
      ObjectNode template = (ObjectNode) JSON.readTree(in);
      ArrayNode patterns = template.putArray("index_patterns");
      datasets.forEach(dataset -> patterns.add("logs-" + dataset + "-*"));
      if (types == Types.REDUCED) {
        reduce(template);
      }
      return JSON.writeValueAsString(template);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + RESOURCE, e);
    }
  }

  private static void reduce(JsonNode node) {
    if (node instanceof ObjectNode field) {
      String type = field.path("type").isString() ? field.path("type").asString() : "";
      if (type.equals("match_only_text")) {
        field.put("type", "text");
      } else if (type.equals("constant_keyword")) {
        field.put("type", "keyword");
        field.remove("value");
      }
    }
    node.forEach(IndexTemplates::reduce);
  }
}
