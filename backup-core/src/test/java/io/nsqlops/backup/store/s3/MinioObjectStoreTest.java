package io.nsqlops.backup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.S3Options;
import io.nsqlops.backup.store.StoreUri;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MinioServer;
import io.nsqlops.testbeds.server.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** MinIO checks signatures and rights. */
@NeedsBed(Bed.MINIO)
class MinioObjectStoreTest extends S3StoreContract {
  @TempDir static Path directory;

  private static @Nullable MinioServer server;

  @BeforeAll
  static void startServer() {
    server = MinioServer.start(directory, BUCKET);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.stop();
    }
  }

  @Override
  S3Server server() {
    return Objects.requireNonNull(server);
  }

  @Test
  void wrongCredentialsAreAUsageErrorAndStaySecret() {
    AwsBasicCredentials wrongSecret =
        AwsBasicCredentials.create(server().accessKey(), "geheim-1234");
    AwsBasicCredentials wrongUser = AwsBasicCredentials.create("nobody", "geheim-1234");
    for (AwsBasicCredentials wrong : new AwsBasicCredentials[] {wrongSecret, wrongUser}) {
      try (S3ObjectStore store = store(endpoint(), BUCKET, wrong)) {
        for (OpsException e :
            new OpsException[] {
              catchThrowableOfType(OpsException.class, () -> store.get("a")),
              catchThrowableOfType(OpsException.class, () -> store.probe()),
            }) {
          assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
          assertThat(e.hint()).contains("credentials are wrong");
          assertThat(e.toString() + e.getCause()).doesNotContain("geheim");
        }
      }
    }
  }

  @Test
  void missingRightsAreAUsageError() {
    StoreUri.S3 uri =
        new StoreUri.S3(BUCKET, "p", endpoint(), "us-east-1", true, S3Options.DEFAULT, "s3://here");
    try (S3ObjectStore store =
        new S3ObjectStore(uri, SETTINGS, AnonymousCredentialsProvider.create())) {
      for (OpsException e :
          new OpsException[] {
            catchThrowableOfType(OpsException.class, () -> store.put("a", bytes("x"))),
            catchThrowableOfType(OpsException.class, () -> store.head("a")),
          }) {
        assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
        assertThat(e.hint()).contains("right");
      }
    }
  }

  /** The payload is not signed over plain HTTP, so it is the checksum that must notice. */
  @Test
  void anUploadDamagedOnTheWayIsRefused() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(endpoint());
        S3ObjectStore store = store(proxy.endpoint())) {
      byte[] content = new byte[200_000];
      proxy.damageUploads(1);
      OpsException e = catchThrowableOfType(OpsException.class, () -> store.put("a", content));
      assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
      assertThat(e.getMessage()).contains("Mismatch");
      assertThat(store.get("a")).isEmpty();

      store.put("a", content);
      assertThat(store.get("a")).hasValue(content);
    }
  }
}
