package io.nsqlops.backup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "mysql://root@127.0.0.1:13306, 127.0.0.1, 13306",
    "mariadb://db, db, 3306",
    "tidb://backup@tidb.db/?sslMode=REQUIRED, tidb.db, 4000",
    "oceanbase://root%40sys@ob, ob, 2881",
    "postgresql://u@[::1], [::1], 5432",
    "cockroachdb://u@crdb_public/defaultdb, crdb_public, 26257"
  })
  void aSourceHasHostAndPort(String text, String host, int port) {
    SourceUri source = new SourceUri(text);

    assertThat(source.host()).isEqualTo(host);
    assertThat(source.port()).isEqualTo(port);
    assertThat(source).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tidb",
        "tidb://",
        "oracle://u@h",
        "mysql://u:hunter2@h",
        "mysql://h/?password=hunter2",
        "mysql://u@h:port",
        "mysql://h/?user=a&PASSWORD=hunter2"
      })
  void otherSourcesAreRefusedWithoutRepeatingThem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SourceUri(text))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void aRepositoryIsS3OrADirectory() {
    assertThat(new RepositoryUri("s3://backups/shop?region=eu-west-1").isS3()).isTrue();
    assertThat(new RepositoryUri("s3://backups").directory()).isEmpty();
    assertThat(new RepositoryUri("file:///backups/shop").directory())
        .hasValue(Path.of("/backups/shop"));
    assertThat(new RepositoryUri("backups").directory()).hasValue(Path.of("backups"));
    assertThat(new RepositoryUri("s3://b/p?region=r&endpoint=http://minio:9000").endpoint())
        .hasValue(URI.create("http://minio:9000"));
    assertThat(new RepositoryUri("s3://b/p?region=r").endpoint()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" ", "s3://", "s3://AKIA:hunter2@b/p", "file://host/dir", "gs://b", "http://h/b"})
  void otherRepositoriesAreRefusedWithoutRepeatingThem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepositoryUri(text))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }
}
