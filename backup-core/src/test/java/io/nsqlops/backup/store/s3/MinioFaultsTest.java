package io.nsqlops.backup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.ObjectStoreContract;
import io.nsqlops.backup.store.S3Options;
import io.nsqlops.backup.store.StoreUri;
import io.nsqlops.backup.store.s3.FaultyProxy.Fault;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MinioServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Whatever goes wrong on the way to MinIO: the contract holds with a fault in every fifth request,
 * and each call beside a lasting fault fails as it should.
 */
@NeedsBed(Bed.MINIO)
class MinioFaultsTest extends ObjectStoreContract {
  private static final String BUCKET = "faults";
  private static final int EVERY = 5;
  private static final int SPOILT_ATTEMPTS = 3;
  private static final byte[] MINE = "mine".getBytes(StandardCharsets.UTF_8);

  /** Long enough for a busy machine to move 32 MiB, and for a delay to be longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final S3Settings SETTINGS =
      new S3Settings(
          Duration.ofSeconds(5), PATIENCE, Duration.ofSeconds(60), Duration.ofMinutes(5), 6, 100);

  /** Gives up quickly, for faults that last. */
  private static final S3Settings HASTY = hasty(2);

  private static S3Settings hasty(int attempts) {
    return new S3Settings(
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        attempts,
        100);
  }

  /** Those a client can get over by asking again; a delay costs ten seconds, so it comes alone. */
  private static final List<Fault> QUICK =
      Arrays.stream(Fault.values()).filter(f -> f != Fault.DELAY).toList();

  @TempDir static Path directory;

  private static @Nullable MinioServer server;
  private static @Nullable FaultyProxy proxy;

  @BeforeAll
  static void start() throws IOException {
    MinioServer minio = MinioServer.start(directory, BUCKET);
    server = minio;
    proxy = new FaultyProxy(minio.uri(), Duration.ofSeconds(2));
  }

  @AfterAll
  static void stop() throws IOException {
    if (proxy != null) {
      proxy.close();
    }
    if (server != null) {
      server.stop();
    }
  }

  private static FaultyProxy proxy() {
    return Objects.requireNonNull(proxy);
  }

  @BeforeEach
  void spoilEveryFifth() {
    proxy()
        .plan(
            // never all attempts of one among many callers
            (n, attempt) ->
                n % EVERY == 0 && attempt <= SPOILT_ATTEMPTS
                    ? Optional.of(QUICK.get(n / EVERY % QUICK.size()))
                    : Optional.empty());
  }

  @Override
  protected ObjectStore newStore() {
    return store(UUID.randomUUID().toString(), SETTINGS);
  }

  @Override
  protected int manyObjects() {
    return 250;
  }

  /** Where a reply was lost, the content decides whose object it is. */
  @Override
  protected boolean tellsEqualContentsApart() {
    return false;
  }

  private static S3ObjectStore store(String prefix, S3Settings settings) {
    MinioServer minio = Objects.requireNonNull(server);
    StoreUri.S3 uri =
        new StoreUri.S3(
            BUCKET, prefix, proxy().endpoint(), "us-east-1", true, S3Options.DEFAULT, "s3://here");
    return new S3ObjectStore(
        uri,
        settings,
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(minio.accessKey(), minio.secretKey())));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void oneFaultIsGotOver(Fault fault) {
    // one more than the fault takes, should the disk be slow just then
    try (S3ObjectStore store = prepared(hasty(3))) {
      once(fault);
      assertThat(store.get("theirs")).hasValue(new byte[40_000]);
      once(fault);
      assertThat(store.head("theirs").orElseThrow().size()).isEqualTo(40_000);
      once(fault);
      assertThat(store.list("").map(ObjectInfo::key)).containsExactly("theirs");
      once(fault);
      store.put("put", MINE);
      assertThat(store.get("put")).hasValue(MINE);
      once(fault);
      assertThat(store.putIfAbsent("mine", MINE)).isTrue();
      assertThat(store.get("mine")).hasValue(MINE);
      once(fault);
      assertThat(store.putIfAbsent("theirs", MINE)).isFalse();
      once(fault);
      store.delete("put");
      assertThat(store.get("put")).isEmpty();
      once(fault);
      assertThat(store.deleteAll(List.of("theirs", "mine"))).isEmpty();
      assertThat(store.list("")).isEmpty();
    }
  }

  /** A store that knows what MinIO can do, with one object. */
  private static S3ObjectStore prepared(S3Settings settings) {
    heal();
    String prefix = UUID.randomUUID().toString();
    try (S3ObjectStore patient = store(prefix, SETTINGS)) {
      patient.put("theirs", new byte[40_000]);
    }
    S3ObjectStore store = store(prefix, settings);
    assertThat(store.probe().conditionalPut()).isTrue();
    return store;
  }

  private static void heal() {
    proxy().plan((n, attempt) -> Optional.empty());
  }

  private static void once(Fault fault) {
    proxy().plan((n, attempt) -> n == 1 ? Optional.of(fault) : Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aLastingFaultIsTransientAndNothingIsHalfDone(Fault fault) {
    try (S3ObjectStore store = prepared(HASTY)) {
      proxy().plan((n, attempt) -> Optional.of(fault));
      assertThat(kind(() -> store.get("theirs"))).hasValue(ErrorKind.TRANSIENT);
      assertThat(kind(() -> store.list("").forEach(object -> {}))).hasValue(ErrorKind.TRANSIENT);
      // half of a reply without a body still says that all is done
      boolean told = fault == Fault.TRUNCATE;
      for (Runnable call :
          List.<Runnable>of(
              () -> store.put("put", MINE),
              () -> store.delete("gone"),
              () -> store.deleteAll(List.of("gone", "too")))) {
        assertThat(kind(call))
            .matches(k -> k.map(ErrorKind.TRANSIENT::equals).orElse(told), fault + " is told");
      }
      assertThat(kind(() -> store.putIfAbsent("mine", MINE)))
          .matches(
              k ->
                  k.map(List.of(ErrorKind.TRANSIENT, ErrorKind.COMMIT_UNKNOWN)::contains)
                      .orElse(told),
              fault + " is told");

      heal();
      for (String key : List.of("put", "mine")) {
        assertThat(store.get(key).orElse(MINE)).isEqualTo(MINE);
      }
      assertThat(store.get("theirs")).hasValue(new byte[40_000]);
    }
  }

  private static Optional<ErrorKind> kind(Runnable call) {
    OpsException e = catchThrowableOfType(OpsException.class, call::run);
    return Optional.ofNullable(e).map(OpsException::kind);
  }
}
