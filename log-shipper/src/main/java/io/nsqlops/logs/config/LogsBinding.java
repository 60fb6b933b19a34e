package io.nsqlops.logs.config;

import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.model.DataStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Binds the {@code logs} section to records. */
final class LogsBinding {
  private static final int MIN_BATCH = 64 * 1024;
  private static final int MAX_BATCH = 32 * 1024 * 1024;

  private final List<String> problems = new ArrayList<>();
  private final @Nullable String cluster;

  LogsBinding(@Nullable String cluster) {
    this.cluster = cluster;
  }

  LogsConfig bind(JsonNode section) {
    ConfigNode logs = new ConfigNode(section, "logs", problems);
    Path state = logs.value("state-directory", Path::of).orElse(Path.of("/var/lib/nsql-ops"));
    String namespace = logs.value("namespace", LogsBinding::part).orElseGet(this::fromCluster);
    String host = logs.text("node-name").orElseGet(LogsBinding::hostName);
    List<SourceConfig> sources = new ArrayList<>();
    for (ConfigNode source : logs.mappings("sources")) {
      sources.add(new SourceBinding(source).bind());
    }
    if (sources.isEmpty()) {
      logs.problem("sources", "names no source of logs");
    }
    if (!logs.has("elasticsearch")) {
      logs.problem("elasticsearch", "is missing");
    }
    ElasticsearchConfig elasticsearch = elasticsearch(logs.mapping("elasticsearch"));
    DeliveryConfig delivery = delivery(logs.mapping("delivery"));
    InetSocketAddress listen = logs.value("listen", LogsBinding::address).orElse(null);
    Duration status = logs.value("status-every", Units::positive).orElse(Duration.ZERO);
    logs.refuseOthers();
    if (!problems.isEmpty()) {
      throw new LogsException(
          ErrorKind.USAGE,
          "logs",
          String.join("\n", problems),
          "Correct the configuration; its JSON Schema lists every key.");
    }
    return new LogsConfig(state, namespace, host, sources, elasticsearch, delivery, status, listen);
  }

  private ElasticsearchConfig elasticsearch(ConfigNode node) {
    List<URI> urls = node.values("urls", LogsBinding::url);
    if (urls.isEmpty()) {
      node.problem("urls", "names no server");
    }
    ElasticsearchConfig config =
        new ElasticsearchConfig(
            urls,
            node.value("api-key", SecretRef::of).orElse(null),
            node.text("username").orElse(null),
            node.value("password", SecretRef::of).orElse(null),
            node.value("ca", Path::of).orElse(null),
            node.value("request-timeout", Units::positive)
                .orElse(ElasticsearchConfig.open().requestTimeout()));
    if (config.apiKey() != null && config.username() != null) {
      node.problem("api-key", "excludes username and password");
    }
    if ((config.username() == null) != (config.password() == null)) {
      node.problem("username", "and password go together");
    }
    node.refuseOthers();
    return config;
  }

  private static DeliveryConfig delivery(ConfigNode node) {
    DeliveryConfig standard = DeliveryConfig.DEFAULT;
    DeliveryConfig config =
        new DeliveryConfig(
            node.value("batch-bytes", within(MIN_BATCH, MAX_BATCH, Units::bytes))
                .orElse(standard.batchBytes()),
            node.value("batch-age", Units::duration).orElse(standard.batchAge()),
            node.value("in-flight", within(1, 16, Integer::valueOf)).orElse(standard.inFlight()),
            node.value("line-limit", within(1024, MAX_BATCH, Units::bytes))
                .orElse(standard.lineLimit()),
            node.value("multiline-timeout", Units::duration).orElse(standard.multilineTimeout()),
            node.value("stop-timeout", Units::duration).orElse(standard.stopTimeout()),
            node.value("open-files", within(16, 100_000, Integer::valueOf))
                .orElse(standard.openFiles()));
    node.refuseOthers();
    return config;
  }

  static Function<String, Integer> within(
      int least, int most, Function<String, Integer> conversion) {
    return text -> {
      int value;
      try {
        value = conversion.apply(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("must be a number", e);
      }
      if (value < least || value > most) {
        throw new IllegalArgumentException("must be between " + least + " and " + most);
      }
      return value;
    };
  }

  static String part(String text) {
    if (!DataStream.isPart(text)) {
      throw new IllegalArgumentException(
          "must be 1 to 100 of a-z, 0-9, '_' and '.', as data stream names demand");
    }
    return text;
  }

  /** {@code host:port}; without a host, all addresses of this machine. */
  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      String host = colon <= 0 ? "" : text.substring(0, colon);
      return host.isEmpty()
          ? new InetSocketAddress(port)
          : new InetSocketAddress(host.replace("[", "").replace("]", ""), port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be host:port, such as 0.0.0.0:9600", e);
    }
  }

  private static URI url(String text) {
    URI uri = URI.create(text);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("must be http://host:port or https://host:port");
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException("must not contain a user; use username and password");
    }
    if (uri.getRawPath().indexOf('%') >= 0) {
      // The client sends it unescaped: as another path, or as none that can be sent.
      throw new IllegalArgumentException("must not contain % in its path: " + uri);
    }
    return uri;
  }

  /** The cluster's name as a namespace: what may not be in one becomes an underscore. */
  private String fromCluster() {
    if (cluster == null || cluster.isBlank()) {
      return "default";
    }
    return cluster.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.]", "_");
  }

  private static String hostName() {
    String node = System.getenv("NODE_NAME");
    if (node != null && !node.isBlank()) {
      return node;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
