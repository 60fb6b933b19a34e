package io.nsqlops.logs.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Elasticsearch.
 *
 * @param urls nodes, tried in turn
 * @param apiKey reference to an API key, encoded or as {@code id:key}
 * @param username user of basic authentication
 * @param password reference to the user's password
 * @param ca file of PEM certificates trusted instead of the system's
 * @param requestTimeout how long an answer is waited for
 */
public record ElasticsearchConfig(
    List<URI> urls,
    @Nullable SecretRef apiKey,
    @Nullable String username,
    @Nullable SecretRef password,
    @Nullable Path ca,
    Duration requestTimeout) {
  public ElasticsearchConfig {
    urls = List.copyOf(urls);
  }

  /** Servers without authentication. */
  public static ElasticsearchConfig open(URI... urls) {
    return new ElasticsearchConfig(List.of(urls), null, null, null, null, Duration.ofSeconds(60));
  }
}
