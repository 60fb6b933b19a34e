package io.nsqlops.backup.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.ObjectStoreContract;
import io.nsqlops.backup.store.S3Options;
import io.nsqlops.backup.store.StoreUri;
import io.nsqlops.testbeds.server.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The contract against a real server, and what is special about S3. */
abstract class S3StoreContract extends ObjectStoreContract {
  static final String BUCKET = "nsql-ops-test";

  /** Patient enough for a busy machine, but quick to give up. */
  static final S3Settings SETTINGS =
      new S3Settings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMinutes(2),
          3,
          100);

  abstract S3Server server();

  final URI endpoint() {
    return server().uri();
  }

  final AwsBasicCredentials credentials() {
    return AwsBasicCredentials.create(server().accessKey(), server().secretKey());
  }

  @Override
  protected ObjectStore newStore() {
    return store(endpoint());
  }

  /** Several pages of {@link #SETTINGS}. */
  @Override
  protected int manyObjects() {
    return 340;
  }

  final S3ObjectStore store(URI endpoint) {
    return store(endpoint, BUCKET, credentials());
  }

  static S3ObjectStore store(URI endpoint, String bucket, AwsBasicCredentials credentials) {
    StoreUri.S3 uri =
        new StoreUri.S3(
            bucket,
            "some/" + UUID.randomUUID(),
            endpoint,
            "us-east-1",
            true,
            S3Options.DEFAULT,
            "s3://here");
    return new S3ObjectStore(uri, SETTINGS, StaticCredentialsProvider.create(credentials));
  }

  @Test
  void aLostReplyIsResolvedByReadingBack() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(endpoint());
        S3ObjectStore store = store(proxy.endpoint())) {
      assertThat(store.probe().conditionalPut()).isTrue();
      proxy.loseReplies(1);
      assertThat(store.putIfAbsent("mine", bytes("mine"))).isTrue();
      assertThat(store.get("mine")).hasValue(bytes("mine"));

      store.put("theirs", bytes("theirs"));
      proxy.loseReplies(1);
      assertThat(store.putIfAbsent("theirs", bytes("mine"))).isFalse();
      assertThat(store.get("theirs")).hasValue(bytes("theirs"));
    }
  }

  @Test
  void whenReadingBackFailsTooTheOutcomeIsUnknown() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(endpoint());
        S3ObjectStore store = store(proxy.endpoint())) {
      assertThat(store.probe().conditionalPut()).isTrue();
      proxy.loseReplies(Integer.MAX_VALUE);
      OpsException e =
          catchThrowableOfType(OpsException.class, () -> store.putIfAbsent("m", bytes("x")));
      assertThat(e.kind()).isEqualTo(ErrorKind.COMMIT_UNKNOWN);
      assertThat(e.object()).isEqualTo("m");

      proxy.loseReplies(0);
      assertThat(store.get("m")).hasValue(bytes("x"));
    }
  }

  @Test
  void aReadThatBreaksOffIsRepeated() throws IOException {
    byte[] big = new byte[1 << 20];
    new Random(3).nextBytes(big);
    try (CuttingProxy proxy = new CuttingProxy(endpoint());
        S3ObjectStore store = store(proxy.endpoint())) {
      store.put("big", big);
      proxy.cutRepliesShort(1);
      assertThat(store.get("big").orElseThrow()).isEqualTo(big);

      proxy.cutRepliesShort(Integer.MAX_VALUE);
      OpsException e = catchThrowableOfType(OpsException.class, () -> store.get("big"));
      assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
    }
  }

  @Test
  void anUnreachableEndpointIsTransient() throws IOException {
    URI nobody = nobodyListens();
    try (S3ObjectStore store = store(nobody)) {
      for (OpsException e :
          new OpsException[] {
            catchThrowableOfType(OpsException.class, () -> store.get("a")),
            catchThrowableOfType(OpsException.class, () -> store.putIfAbsent("a", bytes("x"))),
            catchThrowableOfType(OpsException.class, () -> store.list("").count()),
          }) {
        assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(e.getMessage()).contains(nobody.toString()).contains(BUCKET);
        assertThat(e.hint()).contains("reachable");
      }
    }
  }

  @Test
  void anUnknownHostIsNamed() {
    try (S3ObjectStore store = store(URI.create("http://no-such-host.invalid:9000"))) {
      OpsException e = catchThrowableOfType(OpsException.class, () -> store.get("a"));
      assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
      assertThat(e.getMessage()).contains("no-such-host.invalid");
      assertThat(e.hint()).contains("DNS");
    }
  }

  @Test
  void aMissingBucketIsAUsageError() {
    try (S3ObjectStore store = store(endpoint(), "no-such-bucket", credentials())) {
      for (OpsException e :
          new OpsException[] {
            catchThrowableOfType(OpsException.class, () -> store.get("a")),
            catchThrowableOfType(OpsException.class, () -> store.list("").count()),
            catchThrowableOfType(OpsException.class, () -> store.probe()),
          }) {
        assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
        assertThat(e.object()).isEqualTo("bucket no-such-bucket");
        assertThat(e.hint()).contains("Create the bucket");
      }
    }
  }

  @Test
  void whatOthersLeftInTheBucketIsNotListed() {
    StoreUri.S3 outer =
        new StoreUri.S3(
            BUCKET, "shared", endpoint(), "us-east-1", true, S3Options.DEFAULT, "s3://here");
    StoreUri.S3 inner =
        new StoreUri.S3(
            BUCKET, "shared/x", endpoint(), "us-east-1", true, S3Options.DEFAULT, "s3://here");
    try (S3ObjectStore all = open(outer);
        S3ObjectStore some = open(inner)) {
      all.put("x/a", bytes("1"));
      all.put("x-y", bytes("2"));
      assertThat(some.list("").map(ObjectInfo::key)).containsExactly("a");
      assertThat(some.get("a")).hasValue(bytes("1"));
      assertThat(some.location()).contains("s3://" + BUCKET + "/shared/x");
    }
  }

  final S3ObjectStore open(StoreUri.S3 uri) {
    return new S3ObjectStore(uri, SETTINGS, StaticCredentialsProvider.create(credentials()));
  }

  private static URI nobodyListens() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
