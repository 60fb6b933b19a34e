package io.nsqlops.logs.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.model.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogsConfigTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void bindsTheExampleOfTheConfiguration() {
    LogsConfig config =
        LogsConfig.from(
            json(
                """
                {"state-directory": "/var/lib/nsql-ops",
                 "sources": [
                   {"paths": ["/var/log/pods/*/*/*.log"], "envelope": "cri", "format": "auto"},
                   {"paths": "/data/log/*.log", "format": "tidb", "time-zone": "+08:00",
                    "dataset": "tidb.server", "multiline": "start: [A-Z]"}],
                 "elasticsearch": {"urls": ["https://es:9200"], "api-key": "file:/etc/es",
                                   "ca": "/etc/ca.pem"},
                 "delivery": {"batch-bytes": "1MiB", "in-flight": 3, "batch-age": "500ms"}}
                """),
            "Shop-1");

    assertThat(config.namespace()).isEqualTo("shop_1");
    assertThat(config.sources()).hasSize(2);
    assertThat(config.sources().get(0).envelope()).isEqualTo(Envelope.CRI);
    assertThat(config.sources().get(0).isDetected()).isTrue();
    assertThat(config.sources().get(1).timeZone()).isEqualTo(ZoneOffset.ofHours(8));
    assertThat(config.elasticsearch().urls()).containsExactly(URI.create("https://es:9200"));
    assertThat(config.elasticsearch().apiKey())
        .isEqualTo(new SecretRef(SecretRef.Kind.FILE, "/etc/es"));
    assertThat(config.delivery().batchBytes()).isEqualTo(1024 * 1024);
    assertThat(config.delivery().batchAge()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.delivery().inFlight()).isEqualTo(3);
    assertThat(config.host()).isNotBlank();
  }

  @Test
  void reportsAllProblemsWithTheirPaths() {
    LogsException e =
        refused(
            """
            {"sources": [{"paths": ["relative.log"], "format": "xml", "time-zone": "Mars",
                          "colour": "red"}, "oops"],
             "namespace": "Upper-Case",
             "elasticsearch": {"urls": ["ftp://x", "http://user:pw@es"], "api-key": "hunter2",
                               "username": "me"},
             "delivery": {"batch-bytes": "1GB", "in-flight": 99},
             "extra": 1}
            """);

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(String.valueOf(e.getMessage()).lines())
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactlyInAnyOrder(
            "logs.namespace",
            "logs.sources[0].paths[0]",
            "logs.sources[0].paths",
            "logs.sources[0].format",
            "logs.sources[0].time-zone",
            "logs.sources[0].colour",
            "logs.sources[1]",
            "logs.sources[1].paths",
            "logs.elasticsearch.urls[0]",
            "logs.elasticsearch.urls[1]",
            "logs.elasticsearch.urls",
            "logs.elasticsearch.api-key",
            "logs.elasticsearch.username",
            "logs.delivery.batch-bytes",
            "logs.delivery.in-flight",
            "logs.extra");
    assertThat(e.getMessage()).doesNotContain("hunter2").doesNotContain("pw");
  }

  @Test
  void anAddressWithAPathThatCannotBeSentIsNamed() {
    LogsException e =
        refused(
            """
            {"sources": [{"paths": ["/a"]}],
             "elasticsearch": {"urls": ["http://es:9200/%20", "http://es:9200/proxy/es"]}}
            """);

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e)
        .hasMessage(
            "logs.elasticsearch.urls[0]: must not contain % in its path: http://es:9200/%20");
  }

  @Test
  void amountsBeyondAllMeasureAreProblemsToo() {
    LogsException e =
        refused(
            """
            {"sources": [{"paths": ["/a"], "max-rate": "999999999MiB"}],
             "elasticsearch": {"urls": ["http://es"], "request-timeout": "0s"},
             "delivery": {"batch-bytes": "4096MiB", "multiline-timeout": "999999999h",
                          "stop-timeout": "25h"}}
            """);
    assertThat(String.valueOf(e.getMessage()).lines())
        .containsExactlyInAnyOrder(
            "logs.sources[0].max-rate: is too large",
            "logs.elasticsearch.request-timeout: must be more than 0",
            "logs.delivery.batch-bytes: is too large",
            "logs.delivery.multiline-timeout: must be at most 24h",
            "logs.delivery.stop-timeout: must be at most 24h");
  }

  @Test
  void anEmptySectionSaysWhatIsMissing() {
    assertThat(refused("{}").getMessage())
        .contains("logs.sources: names no source")
        .contains("logs.elasticsearch: is missing");
    assertThat(refused("[]").getMessage()).contains("logs: must be a mapping");
  }

  @Test
  void secretsAreReadWhenTheyAreUsed(@TempDir Path dir) throws IOException {
    SecretRef reference = SecretRef.of("file:" + dir.resolve("key"));
    LogsException e = catchThrowableOfType(LogsException.class, reference::resolve);
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);

    assertThat(e.told()).contains(dir.resolve("key").toString()).contains("NoSuchFile");
    Files.writeString(dir.resolve("key"), "\n");
    assertThat(catchThrowableOfType(LogsException.class, reference::resolve).told())
        .contains("is empty");

    Files.writeString(dir.resolve("key"), "s3cret\n");
    assertThat(reference.resolve()).isEqualTo("s3cret");

    assertThat(SecretRef.of("env:PATH").resolve()).isEqualTo(System.getenv("PATH"));
    SecretRef unset = SecretRef.of("env:NSQL_OPS_NO_SUCH_VARIABLE");
    assertThat(catchThrowableOfType(LogsException.class, unset::resolve).hint()).isNotBlank();
  }

  @Test
  void theSchemaKnowsTheFormatsTheBindingKnows() throws IOException {
    try (InputStream in = LogsConfig.class.getResourceAsStream(LogsConfig.SCHEMA)) {
      JsonNode schema = JSON.readTree(in);
      var formats = new TreeSet<String>();
      schema
          .at("/$defs/source/properties/format/enum")
          .forEach(format -> formats.add(format.asString()));
      assertThat(formats).isEqualTo(SourceBinding.FORMATS);
    }
  }

  @Test
  void theSchemaKnowsTheKeysTheBindingKnows() throws IOException {
    String problems =
        String.valueOf(
            refused(
                    """
                {"x": 1, "sources": [{"x": 1}], "elasticsearch": {"x": 1}, "delivery": {"x": 1}}
                """)
                .getMessage());
    try (InputStream in = LogsConfig.class.getResourceAsStream(LogsConfig.SCHEMA)) {
      JsonNode schema = JSON.readTree(in);
      assertThat(keys(schema)).isEqualTo(known(problems, "logs.x"));
      assertThat(keys(schema.at("/$defs/source"))).isEqualTo(known(problems, "logs.sources[0].x"));
      assertThat(keys(schema.at("/$defs/elasticsearch")))
          .isEqualTo(known(problems, "logs.elasticsearch.x"));
      assertThat(keys(schema.at("/$defs/delivery"))).isEqualTo(known(problems, "logs.delivery.x"));
    }
  }

  @Test
  void theReferenceNamesEveryKey() throws IOException {
    String reference = Files.readString(Path.of("../docs/log-configuration.md"));
    try (InputStream in = LogsConfig.class.getResourceAsStream(LogsConfig.SCHEMA)) {
      JsonNode schema = JSON.readTree(in);
      keys(schema.at("/$defs/source"))
          .forEach(key -> assertThat(reference).contains("| `sources[]." + key + "` |"));
      for (String part : List.of("elasticsearch", "delivery")) {
        keys(schema.at("/$defs/" + part))
            .forEach(key -> assertThat(reference).contains("`" + key + "`"));
      }
      keys(schema).forEach(key -> assertThat(reference).contains("`" + key));
      SourceBinding.FORMATS.forEach(format -> assertThat(reference).contains(format));
    }
  }

  @Test
  void rulesAndTheAddressToListenOnAreBound() {
    LogsConfig config =
        LogsConfig.from(
            json(
                """
                {"sources": [{"paths": ["/a"], "min-level": "warn",
                              "redact": ["crdb-markers", "pw=[a-z]+"]}],
                 "elasticsearch": {"urls": ["http://h:9200"]}, "listen": "127.0.0.1:9600"}
                """),
            null);
    EventRules rules = config.sources().get(0).rules();
    assertThat(rules.minimum()).isEqualTo(Severity.WARN);
    assertThat(rules.redaction().apply("‹x› pw=abc".getBytes(UTF_8), 0, 14).places()).isEqualTo(2);
    assertThat(config.listen())
        .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9600));
    assertThat(
            refused(
                    """
                    {"sources": [{"paths": ["/a"], "min-level": "loud", "redact": "("}],
                     "elasticsearch": {"urls": ["http://h:9200"]}, "listen": "here"}
                    """)
                .getMessage())
        .contains("logs.sources[0].min-level", "logs.sources[0].redact[0]", "logs.listen");
  }

  @Test
  void labelsAndFieldsToRedactAreBound() {
    String source =
        """
        {"sources": [{"paths": ["/a"], %s}], "elasticsearch": {"urls": ["http://h:9200"]}}
        """;
    LogsConfig config =
        LogsConfig.from(json(source.formatted("\"labels\": {\"env\": \"prod\", \"n\": 7}")), null);
    assertThat(config.sources().get(0).labels()).isEqualTo(Map.of("env", "prod", "n", "7"));
    assertThat(config.sources().get(0).isZoned()).isFalse();
    assertThat(rules(source.formatted("\"redact-fields\": [\"message\"]")).fields().isNone())
        .isFalse();
    assertThat(refused(source.formatted("\"labels\": {\"a b\": \"x\"}")).getMessage())
        .contains("sources[0].labels.a b: must be 1 to 64 of letters, digits and '_'");
    assertThat(refused(source.formatted("\"redact-fields\": \"host.name\"")).getMessage())
        .contains("sources[0].redact-fields[0]: no document can do without host.name");
  }

  @Test
  void whatStandsForOthersIsBound() {
    String source =
        """
        {"sources": [{"paths": ["/a"], %s}], "elasticsearch": {"urls": ["http://h:9200"]}}
        """;
    assertThat(rules(source.formatted("\"sample\": {\"one-in\": 10, \"below\": \"error\"}")))
        .extracting(EventRules::sampling, EventRules::compact)
        .containsExactly(new Sampling(10, Severity.ERROR), false);
    assertThat(rules(source.formatted("\"compact\": true")).compact()).isTrue();
    assertThat(refused(source.formatted("\"sample\": {\"one-in\": 1}")).getMessage())
        .contains("sources[0].sample.one-in: must be between 2 and 10000");
    assertThat(refused(source.formatted("\"sample\": {}")).getMessage())
        .contains("sources[0].sample.one-in: is missing");
    assertThat(
            refused(source.formatted("\"sample\": {\"one-in\": 3}, \"compact\": true"))
                .getMessage())
        .contains("sources[0].sample: and compact exclude each other");
    assertThat(refused(source.formatted("\"compact\": \"yes\"")).getMessage())
        .contains("sources[0].compact: must be true or false");
  }

  private static EventRules rules(String text) {
    return LogsConfig.from(json(text), null).sources().get(0).rules();
  }

  private static Set<String> keys(JsonNode object) {
    return new TreeSet<>(object.path("properties").propertyNames());
  }

  private static Set<String> known(String problems, String path) {
    String line =
        problems.lines().filter(l -> l.startsWith(path + ": ")).findFirst().orElse("missing");
    String keys = line.substring(line.indexOf("known are ") + "known are ".length());
    return new TreeSet<>(Set.of(keys.split(", ")));
  }

  private static LogsException refused(String text) {
    LogsException e =
        catchThrowableOfType(LogsException.class, () -> LogsConfig.from(json(text), null));
    assertThat(e).isNotNull();
    return e;
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }
}
