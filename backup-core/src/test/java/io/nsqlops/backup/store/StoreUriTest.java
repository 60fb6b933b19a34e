package io.nsqlops.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUriTest {
  @Test
  void readsAnS3AddressWithEverything() {
    StoreUri uri =
        StoreUri.parse(
            "s3://backups/team/shop/?endpoint=http://minio:9000&region=eu-west-1&path-style=false"
                + "&checksums=when_supported");

    assertThat(uri)
        .isEqualTo(
            new StoreUri.S3(
                "backups", "team/shop", URI.create("http://minio:9000"), "eu-west-1", false, true));
    assertThat(uri).hasToString("s3://backups/team/shop?endpoint=http://minio:9000");
  }

  @Test
  void anS3AddressHasDefaults() {
    assertThat(StoreUri.parse("s3://backups"))
        .isEqualTo(new StoreUri.S3("backups", "", null, null, false, false))
        .hasToString("s3://backups");
    assertThat(StoreUri.parse("s3://b2/?endpoint=https%3A%2F%2Fs3.example.org%2F"))
        .isEqualTo(
            new StoreUri.S3("b2", "", URI.create("https://s3.example.org/"), null, true, false));
    assertThat(StoreUri.parse("s3://old_Bucket/a%20b"))
        .isEqualTo(new StoreUri.S3("old_Bucket", "a b", null, null, false, false));
  }

  @Test
  void readsDirectories() {
    Path here = Path.of("").toAbsolutePath();

    assertThat(StoreUri.parse("/var/backups/shop")).isEqualTo(directory("/var/backups/shop"));
    assertThat(StoreUri.parse("file:///var/b/../my%20shop+1"))
        .isEqualTo(directory("/var/my shop+1"));
    assertThat(StoreUri.parse("file:/var/shop")).isEqualTo(directory("/var/shop"));
    assertThat(StoreUri.parse("shop")).isEqualTo(new StoreUri.Directory(here.resolve("shop")));
    assertThat(StoreUri.parse("./a:b")).isEqualTo(new StoreUri.Directory(here.resolve("a:b")));
  }

  @Test
  void mapsEachKindOnce() {
    assertThat(StoreUri.parse("s3://bucket").<String>map(s3 -> s3.bucket(), d -> "directory"))
        .isEqualTo("bucket");
    assertThat(StoreUri.parse("/x").<String>map(s3 -> s3.bucket(), d -> "directory"))
        .isEqualTo("directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s3://",
        "s3:///prefix",
        "s3://b!/x",
        "s3://bucket/a//b",
        "s3://bucket/../x",
        "s3://bucket?endpoint=minio:9000",
        "s3://bucket?endpoint=ftp://minio",
        "s3://bucket?endpoint=http://user:geheim@minio",
        "s3://bucket?region=a/b",
        "s3://bucket?path-style=yes",
        "s3://bucket?acl=public",
        "s3://bucket#x",
        "s3://key:geheim@bucket/x",
        "file://host/dir",
        "file:///a%zz",
        "gs://bucket/geheim",
      })
  void refusesTheRestWithoutRepeatingSecrets(String text) {
    OpsException e = catchThrowableOfType(OpsException.class, () -> StoreUri.parse(text));

    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage() + e.object() + e.hint()).doesNotContain("geheim");
    assertThat(e.hint()).isNotBlank();
  }

  private static StoreUri directory(String path) {
    return new StoreUri.Directory(Path.of(path));
  }
}
