package io.nsqlops.logs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
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
