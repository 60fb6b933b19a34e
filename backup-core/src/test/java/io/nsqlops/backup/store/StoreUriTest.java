package io.nsqlops.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUriTest {
  @Test
  void readsAnS3AddressWithEverything() {
    String text =
        "s3://backups/team/shop/?endpoint=http://minio:9000&region=eu-west-1&path-style=false"
            + "&checksum=none&ca=/etc/ca.pem&storage-class=STANDARD_IA&sse=aws:kms"
            + "&sse-kms-key=alias/backup&object-lock=compliance&retain=30d&max-retries=7"
            + "&connect-timeout=3s&read-timeout=2m&profile=ops";
    StoreUri uri = StoreUri.parse(text);

    assertThat(uri)
        .isEqualTo(
            new StoreUri.S3(
                "backups",
                "team/shop",
                URI.create("http://minio:9000"),
                "eu-west-1",
                false,
                new S3Options(
                    S3Options.Checksum.NONE,
                    Path.of("/etc/ca.pem"),
                    "STANDARD_IA",
                    S3Options.Encryption.KMS,
                    "alias/backup",
                    new S3Options.ObjectLock(false, Duration.ofDays(30)),
                    7,
                    Duration.ofSeconds(3),
                    Duration.ofMinutes(2),
                    "ops"),
                text));
    assertThat(uri).hasToString("s3://backups/team/shop?endpoint=http://minio:9000");
  }

  @Test
  void anS3AddressHasDefaults() {
    assertThat(StoreUri.parse("s3://backups"))
        .isEqualTo(
            new StoreUri.S3("backups", "", null, null, false, S3Options.DEFAULT, "s3://backups"))
        .hasToString("s3://backups");
    assertThat(StoreUri.parse("s3://b2/?endpoint=https%3A%2F%2Fs3.example.org%2F"))
        .isEqualTo(
            new StoreUri.S3(
                "b2",
                "",
                URI.create("https://s3.example.org/"),
                null,
                true,
                S3Options.DEFAULT,
                "s3://b2/?endpoint=https%3A%2F%2Fs3.example.org%2F"));
    assertThat(StoreUri.parse("s3://old_Bucket/a%20b"))
        .isEqualTo(
            new StoreUri.S3(
                "old_Bucket",
                "a b",
                null,
                null,
                false,
                S3Options.DEFAULT,
                "s3://old_Bucket/a%20b"));
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
        "s3://bucket?geheim%20=1",
        "s3://bucket?checksum=crc",
        "s3://bucket?storage-class=GLACIER",
        "s3://bucket?storage-class=geheim!",
        "s3://bucket?sse=aes256",
        "s3://bucket?sse=AES256&sse-kms-key=k",
        "s3://bucket?sse-kms-key=k",
        "s3://bucket?object-lock=governance",
        "s3://bucket?retain=30d",
        "s3://bucket?object-lock=legal&retain=30d",
        "s3://bucket?object-lock=governance&retain=0s",
        "s3://bucket?object-lock=governance&retain=1y",
        "s3://bucket?max-retries=-1",
        "s3://bucket?max-retries=21",
        "s3://bucket?connect-timeout=5",
        "s3://bucket?read-timeout=2h",
        "s3://bucket?profile=",
        "s3://bucket?region=eu-west-1&region=geheim",
        "s3://bucket?region=geheim%zz",
        "s3://bucket?ca=%00",
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

  @Test
  void anUnknownParameterIsAnsweredByAllThereAre() {
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> StoreUri.parse("s3://b2/x?regoin=eu"));
    assertThat(e.getMessage()).contains("s3://b2").contains("regoin");
    assertThat(e.hint())
        .contains("endpoint, region, path-style, profile, ca, checksum, storage-class, sse,")
        .contains("object-lock, retain, max-retries, connect-timeout, read-timeout");
  }

  private static StoreUri directory(String path) {
    return new StoreUri.Directory(Path.of(path));
  }
}
