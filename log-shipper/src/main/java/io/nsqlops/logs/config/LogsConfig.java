package io.nsqlops.logs.config;

import io.nsqlops.logs.tail.Watched;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The {@code logs} section.
 *
 * @param stateDirectory where checkpoints and dead letters are kept
 * @param namespace namespace of the data streams
 * @param host name of this machine or node
 * @param elasticsearch where documents go
 * @param statusEvery how often a document tells how shipping goes, zero for never
 * @param listen where metrics and health are served, null for nowhere
 */
public record LogsConfig(
    Path stateDirectory,
    String namespace,
    String host,
    List<SourceConfig> sources,
    ElasticsearchConfig elasticsearch,
    DeliveryConfig delivery,
    Duration statusEvery,
    @Nullable InetSocketAddress listen) {
  /** Name of the JSON Schema of the section, a resource beside this class. */
  public static final String SCHEMA = "/nsql-ops-logs.schema.json";

  public LogsConfig {
    sources = List.copyOf(sources);
  }

  /** The datasets sources name instead of their formats' own. */
  public List<String> datasets() {
    return sources.stream()
        .map(SourceConfig::dataset)
        .filter(d -> !d.isEmpty())
        .distinct()
        .toList();
  }

  /** What the sources watch, in their order. */
  public List<Watched> watched() {
    return sources.stream()
        .map(s -> Watched.of(s.paths(), s.exclude(), s.envelope().isContainer()))
        .toList();
  }

  /**
   * Binds the section.
   *
   * @param logs value of {@code logs}
   * @param cluster value of {@code cluster}: the default namespace
   * @throws io.nsqlops.logs.error.LogsException of kind USAGE with all problems, each with its path
   */
  public static LogsConfig from(JsonNode logs, @Nullable String cluster) {
    return new LogsBinding(cluster).bind(logs);
  }
}
