package io.nsqlops.backup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.StoreUri;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MinioServer;
import io.nsqlops.testbeds.tls.OwnAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Options against a MinIO that speaks TLS, encrypts, and is in Frankfurt. */
@NeedsBed(Bed.MINIO)
class MinioOptionsTest {
  private static final String PLAIN = "plain";
  private static final String LOCKED = "locked";
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir static Path directory;

  private static @Nullable MinioServer server;
  private static @Nullable OwnAuthority authority;

  @BeforeAll
  static void start() throws IOException {
    OwnAuthority own = OwnAuthority.make(Files.createDirectory(directory.resolve("ca")));
    authority = own;
    server =
        MinioServer.start(
            directory,
            Map.of(
                "MINIO_KMS_SECRET_KEY", "backup-key:bXltaW5pb2tleWZvcnRlc3RzMDEyMzQ1Njc4OWFiY2Q=",
                "MINIO_SITE_REGION", "eu-central-1"),
            own,
            PLAIN);
    try (S3ObjectStore store = store(PLAIN, "");
        S3Client client = client(store)) {
      client.createBucket(r -> r.bucket(LOCKED).objectLockEnabledForBucket(true));
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private static S3ObjectStore store(String bucket, String options) {
    return at(bucket, "&region=eu-central-1&ca=" + ca() + options);
  }

  private static Path ca() {
    return Objects.requireNonNull(authority).certificate();
  }

  private static S3ObjectStore at(String bucket, String options) {
    StoreUri.S3 uri = uri(bucket, options);
    return new S3ObjectStore(uri, S3Settings.of(uri.options()), credentials());
  }

  private static StoreUri.S3 uri(String bucket, String options) {
    MinioServer minio = Objects.requireNonNull(server);
    return (StoreUri.S3)
        StoreUri.parse(
            "s3://%s/%s?endpoint=%s%s".formatted(bucket, UUID.randomUUID(), minio.uri(), options));
  }

  private static StaticCredentialsProvider credentials() {
    MinioServer minio = Objects.requireNonNull(server);
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(minio.accessKey(), minio.secretKey()));
  }

  /** The SDK's client, to see what the store made of a request. */
  private static S3Client client(S3ObjectStore of) {
    StoreUri.S3 uri = uri(PLAIN, "&region=eu-central-1&ca=" + ca());
    S3Settings settings = S3Settings.DEFAULT;
    assertThat(of.location()).isNotEmpty();
    return S3Clients.create(uri, settings, 3, credentials(), S3Clients.http(uri, settings));
  }

  private static HeadObjectResponse head(S3ObjectStore store, String bucket, String key) {
    String prefix = store.location().replaceAll("^s3://[^/]+/|\\?.*$", "");
    try (S3Client client = client(store)) {
      return client.headObject(r -> r.bucket(bucket).key(prefix + "/" + key));
    }
  }

  @Test
  void anAuthorityOfOnesOwnIsTrustedWhereItIsNamed() throws IOException {
    try (S3ObjectStore store = store(PLAIN, "")) {
      assertThat(store.putIfAbsent("a", CONTENT)).isTrue();
      assertThat(store.get("a")).hasValue(CONTENT);
      assertThat(store.location()).contains("endpoint=https://");
    }
    try (S3ObjectStore store = at(PLAIN, "&region=eu-central-1")) {
      OpsException e = told(() -> store.get("a"));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.hint()).contains("ca=FILE");
    }
    Path junk = Files.writeString(directory.resolve("junk.pem"), "nothing");
    Path missing = directory.resolve("missing.pem");
    for (Path wrong : List.of(junk, missing)) {
      OpsException e = told(() -> at(PLAIN, "&region=eu-central-1&ca=" + wrong).close());
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.getMessage()).contains(wrong.toString());
    }
  }

  @Test
  void theWrongRegionIsTold() {
    try (S3ObjectStore store = at(PLAIN, "&region=us-west-2&ca=" + ca())) {
      OpsException e = told(() -> store.put("a", CONTENT));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.hint()).contains("another region");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "required", "none"})
  void everyKindOfChecksumPasses(String checksum) {
    try (S3ObjectStore store = store(PLAIN, "&checksum=" + checksum)) {
      store.put("chunks/a", CONTENT);
      store.put("chunks/b", new byte[3 << 20]);
      assertThat(store.putIfAbsent("chunks/b", CONTENT)).isFalse();
      assertThat(store.get("chunks/a")).hasValue(CONTENT);
      assertThat(store.deleteAll(List.of("chunks/a", "chunks/b", "chunks/c"))).isEmpty();
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void theStoreEncryptsAsTold() {
    try (S3ObjectStore aes = store(PLAIN, "&sse=AES256");
        S3ObjectStore kms = store(PLAIN, "&sse=aws:kms&sse-kms-key=backup-key");
        S3ObjectStore none = store(PLAIN, "&sse=aws:kms&sse-kms-key=no-such-key")) {
      aes.put("chunks/a", CONTENT);
      assertThat(head(aes, PLAIN, "chunks/a").serverSideEncryption())
          .isEqualTo(ServerSideEncryption.AES256);
      kms.put("chunks/a", CONTENT);
      assertThat(head(kms, PLAIN, "chunks/a").serverSideEncryption())
          .isEqualTo(ServerSideEncryption.AWS_KMS);
      assertThat(head(kms, PLAIN, "chunks/a").ssekmsKeyId()).endsWith("backup-key");
      assertThat(kms.get("chunks/a")).hasValue(CONTENT);
      OpsException e = told(() -> none.put("chunks/a", CONTENT));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.hint()).as(e.getMessage()).contains("sse-kms-key");
    }
  }

  @Test
  void aStorageClassIsTakenOrRefused() {
    try (S3ObjectStore store = store(PLAIN, "&storage-class=REDUCED_REDUNDANCY");
        S3ObjectStore other = store(PLAIN, "&storage-class=NO_SUCH_CLASS")) {
      store.put("chunks/a", CONTENT);
      assertThat(head(store, PLAIN, "chunks/a").storageClassAsString())
          .isEqualTo("REDUCED_REDUNDANCY");
      OpsException e = told(() -> other.put("chunks/a", CONTENT));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.hint()).contains("storage-class");
    }
  }

  @Test
  void whatIsLockedStaysUntilItsTime() {
    try (S3ObjectStore store = store(LOCKED, "&object-lock=governance&retain=1d")) {
      assertThat(store.probe().versions()).isTrue();
      assertThat(store.list("")).isEmpty();
      store.put("chunks/ab/locked", CONTENT);
      store.put("leases/x", CONTENT);
      store.put("leases/x", new byte[0]);
      HeadObjectResponse head = head(store, LOCKED, "chunks/ab/locked");
      assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.GOVERNANCE);
      Instant until = store.protectedUntil("chunks/ab/locked").orElseThrow();
      assertThat(Duration.between(Instant.now(), until))
          .isBetween(Duration.ofHours(23), Duration.ofDays(1));
      assertThat(store.protectedUntil("leases/x")).isEmpty();
      assertThat(store.protectedUntil("missing")).isEmpty();

      assertThat(store.deleteAll(List.of("chunks/ab/locked", "leases/x", "missing")))
          .containsExactly("chunks/ab/locked");
      assertThat(store.list("").map(ObjectInfo::key)).containsExactly("chunks/ab/locked");
      assertThat(store.get("chunks/ab/locked")).hasValue(CONTENT);

      store.delete("chunks/ab/locked");
      assertThat(store.get("chunks/ab/locked")).isEmpty();
      assertThat(store.list("")).isEmpty();
      assertThat(store.putIfAbsent("chunks/ab/locked", CONTENT)).isTrue();
    }
  }

  @Test
  void manyVersionsOfManyObjectsGoForGood() {
    try (S3ObjectStore store = store(LOCKED, "&object-lock=governance&retain=1s");
        S3Client client = client(store)) {
      String prefix = store.location().replaceAll("^s3://[^/]+/|\\?.*$", "");
      List<String> keys = IntStream.range(0, 60).mapToObj(i -> "garbage/" + i).toList();
      keys.forEach(key -> store.put(key, CONTENT));
      keys.forEach(key -> store.put(key, new byte[1]));
      store.put("garbage/9-kept", CONTENT);
      assertThat(store.deleteAll(keys)).isEmpty();
      assertThat(store.list("").map(ObjectInfo::key)).containsExactly("garbage/9-kept");
      assertThat(
              client.listObjectVersionsPaginator(r -> r.bucket(LOCKED).prefix(prefix)).versions())
          .hasSize(1);
    }
  }

  @Test
  void aBucketWithoutLocksSaysSo() {
    try (S3ObjectStore store = store(PLAIN, "&object-lock=compliance&retain=1d")) {
      assertThat(store.probe().versions()).isFalse();
      OpsException e = told(() -> store.put("chunks/a", CONTENT));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.hint()).contains("object lock");
    }
  }

  private static OpsException told(ThrowingCallable call) {
    OpsException e = catchThrowableOfType(OpsException.class, call);
    assertThat(e).isNotNull();
    return e;
  }
}
