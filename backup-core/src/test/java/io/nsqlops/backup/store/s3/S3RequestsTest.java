package io.nsqlops.backup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.StoreUri;
import io.nsqlops.backup.store.s3.ScriptedServer.Reply;
import io.nsqlops.backup.store.s3.ScriptedServer.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What each option puts into the requests, and what each refusal is told as. */
class S3RequestsTest {
  private static final byte[] CONTENT = {1, 2, 3};
  private static final String DELETED =
      "<DeleteResult><Deleted><Key>p/chunks/a</Key></Deleted></DeleteResult>";

  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer(request -> Reply.of(200, ""));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private S3ObjectStore store(String options) {
    String address = "s3://bucket/p?region=us-east-1&endpoint=" + server.uri() + options;
    StoreUri.S3 uri = (StoreUri.S3) StoreUri.parse(address);
    return new S3ObjectStore(
        uri,
        S3Settings.of(uri.options()),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
  }

  private Request put(String options, String key) {
    try (S3ObjectStore store = store(options)) {
      store.put(key, CONTENT);
    }
    Request request = last();
    assertThat(request.line()).isEqualTo("PUT /bucket/p/" + key);
    assertThat(request.body()).hasSize(3);
    return request;
  }

  private Request last() {
    List<Request> all = server.requests();
    return all.get(all.size() - 1);
  }

  @Test
  void anUploadIsOnePieceWithItsChecksumInAHeader() {
    for (String options : List.of("", "&checksum=auto", "&checksum=required")) {
      Request request = put(options, "chunks/ab/c");
      assertThat(request.header("x-amz-checksum-crc32")).as(options).isEqualTo("VbyAHQ==");
      assertThat(request.headers()).doesNotContainKeys("x-amz-trailer", "content-encoding");
      assertThat(request.header("x-amz-content-sha256")).isEqualTo("UNSIGNED-PAYLOAD");
    }
  }

  @Test
  void withoutChecksumsOnlyWhatOldStoresKnowIsSent() {
    Request request = put("&checksum=none", "chunks/ab/c");
    assertThat(request.header("content-md5")).isEqualTo("Uonfc331cyb83SJZevsfrA==");
    assertThat(request.headers().keySet()).noneMatch(name -> name.startsWith("x-amz-checksum"));
    assertThat(request.headers().keySet()).noneMatch(name -> name.startsWith("x-amz-sdk-checksum"));

    server.answer(r -> Reply.of(200, r.line().startsWith("POST") ? DELETED : ""));
    try (S3ObjectStore store = store("&checksum=none")) {
      store.deleteAll(List.of("chunks/a", "chunks/b"));
      assertThat(last().line()).startsWith("POST /bucket?delete");
      assertThat(last().header("content-md5")).isNotEmpty();
      assertThat(last().headers()).doesNotContainKey("x-amz-trailer");
    }
    try (S3ObjectStore store = store("&checksum=required")) {
      store.deleteAll(List.of("chunks/a", "chunks/b"));
      assertThat(last().header("x-amz-checksum-crc32")).isNotEmpty();
    }
  }

  @Test
  void aStorageClassIsForChunks() {
    String options = "&storage-class=STANDARD_IA";
    assertThat(put(options, "chunks/ab/c").header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
    for (String key :
        List.of("leases/backups/x", "backups/x/manifest", "keys/x", "nsql-ops.json")) {
      assertThat(put(options, key).headers()).doesNotContainKey("x-amz-storage-class");
    }
  }

  @Test
  void encryptionByTheStoreIsForEverything() {
    for (String key : List.of("chunks/ab/c", "leases/backups/x")) {
      Request aes = put("&sse=AES256", key);
      assertThat(aes.header("x-amz-server-side-encryption")).isEqualTo("AES256");
      Request kms = put("&sse=aws:kms&sse-kms-key=arn:aws:kms:eu:1:key/k", key);
      assertThat(kms.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
      assertThat(kms.header("x-amz-server-side-encryption-aws-kms-key-id"))
          .isEqualTo("arn:aws:kms:eu:1:key/k");
      Request bare = put("&sse=aws:kms", key);
      assertThat(bare.headers()).doesNotContainKey("x-amz-server-side-encryption-aws-kms-key-id");
    }
  }

  @ParameterizedTest
  @CsvSource({"governance,auto", "compliance,required", "compliance,none"})
  void whatLastsIsLocked(String mode, String checksum) {
    String options = "&object-lock=" + mode + "&retain=30d&checksum=" + checksum;
    Instant before = Instant.now();
    for (String key : List.of("chunks/ab/c", "backups/x/manifest", "keys/x", "nsql-ops.json")) {
      Request request = put(options, key);
      assertThat(request.header("x-amz-object-lock-mode")).isEqualToIgnoringCase(mode);
      Instant until = Instant.parse(request.header("x-amz-object-lock-retain-until-date"));
      assertThat(Duration.between(before, until))
          .isBetween(Duration.ofDays(30).minusSeconds(2), Duration.ofDays(30).plusMinutes(2));
      // the protocol demands one of them
      String digest = request.header("content-md5") + request.header("x-amz-checksum-crc32");
      assertThat(digest).isNotEmpty();
    }
    for (String key : List.of("leases/backups/x", "garbage/x", "probe-1", "status/x", "pins/x")) {
      assertThat(put(options, key).headers()).doesNotContainKey("x-amz-object-lock-mode");
    }
  }

  @Test
  void retriesAreCountedAsTold() {
    server.answer(request -> Reply.error(503, "SlowDown", "slow"));
    for (int retries : new int[] {0, 1, 3}) {
      try (S3ObjectStore store = store("&max-retries=" + retries)) {
        int before = server.requests().size();
        OpsException e = told(() -> store.get("a"));
        assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(server.requests()).hasSize(before + retries + 1);
      }
    }
  }

  @Test
  void aSilentStoreIsGivenUpAfterTheReadTimeout() {
    server.answer(
        request -> {
          try {
            Thread.sleep(20_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Reply.of(200, "");
        });
    try (S3ObjectStore store = store("&read-timeout=1s&max-retries=0")) {
      OpsException e = told(() -> store.get("a"));
      assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
      assertThat(e.getMessage()).contains("time-out");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403,RequestTimeTooSkewed,USAGE,clock",
    "400,ExpiredToken,USAGE,have expired",
    "403,InvalidAccessKeyId,USAGE,credentials are wrong",
    "403,AccessDenied,USAGE,s3:GetObject",
    "404,NoSuchBucket,USAGE,Create the bucket",
    "400,AuthorizationHeaderMalformed,USAGE,another region",
    "400,KMS.DisabledException,USAGE,sse-kms-key",
    "400,InvalidStorageClass,USAGE,storage-class",
    "501,NotImplemented,USAGE,leave out",
    "507,InsufficientStorage,TRANSIENT,Free some space",
    "500,InternalError,TRANSIENT,try again later",
    "503,SlowDown,TRANSIENT,try again later",
  })
  void refusalsAreToldInTheUsersWords(int status, String code, ErrorKind kind, String hint) {
    server.answer(request -> Reply.error(status, code, "because of reasons"));
    try (S3ObjectStore store = store("&max-retries=0")) {
      OpsException e = told(() -> store.get("chunks/ab/c"));
      assertThat(e.kind()).isEqualTo(kind);
      assertThat(e.getMessage()).contains("s3://bucket/p", "chunks/ab/c", code, "because of");
      assertThat(e.hint()).contains(hint);
      assertThat(e.toString()).doesNotContain("secret");
    }
  }

  @Test
  void aRedirectSaysWhereTheBucketIs() {
    server.answer(
        request ->
            new Reply(
                301,
                Map.of("x-amz-bucket-region", "eu-west-1"),
                Reply.error(301, "PermanentRedirect", "elsewhere").body()));
    try (S3ObjectStore store = store("")) {
      OpsException e = told(() -> store.get("a"));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.hint()).contains("region=eu-west-1");
    }
  }

  @ParameterizedTest
  @CsvSource({"write,s3:PutObject", "list,s3:ListBucket", "delete,s3:DeleteObject"})
  void aDeniedRequestNamesTheRight(String verb, String right) {
    server.answer(request -> Reply.error(403, "AccessDenied", "no"));
    try (S3ObjectStore store = store("")) {
      OpsException e =
          told(
              () -> {
                switch (verb) {
                  case "write" -> store.put("a", CONTENT);
                  case "list" -> store.list("").forEach(object -> {});
                  default -> store.delete("a");
                }
              });
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.hint()).contains(right).contains("bucket");
    }
  }

  /** MinIO was seen to answer so to one of many that create the same object. */
  @ParameterizedTest
  @CsvSource({"theirs,false", "content,true"})
  void whoIsDeniedWhatIsThereLostOrWonTheRace(String stored, boolean won) {
    AtomicInteger probes = new AtomicInteger();
    server.answer(
        request -> {
          boolean put = request.line().startsWith("PUT");
          if (request.line().contains("probe-")) {
            return put && probes.getAndIncrement() > 0
                ? Reply.error(412, "PreconditionFailed", "it is there")
                : Reply.of(200, "");
          }
          return put ? Reply.error(403, "AccessDenied", "no") : Reply.of(200, stored);
        });
    try (S3ObjectStore store = store("")) {
      byte[] ours = "content".getBytes(StandardCharsets.UTF_8);
      assertThat(store.putIfAbsent("a", ours)).isEqualTo(won);
    }
  }

  private static OpsException told(ThrowingCallable call) {
    OpsException e = catchThrowableOfType(OpsException.class, call);
    assertThat(e).isNotNull();
    return e;
  }
}
