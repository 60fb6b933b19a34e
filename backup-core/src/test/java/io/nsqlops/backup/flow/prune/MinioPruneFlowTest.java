package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.S3Options;
import io.nsqlops.backup.store.StoreUri;
import io.nsqlops.backup.store.s3.S3ObjectStore;
import io.nsqlops.backup.store.s3.S3Settings;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MinioServer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

@NeedsBed(Bed.MINIO)
class MinioPruneFlowTest extends PruneFlowContract {
  private static final String BUCKET = "nsql-ops-prune";

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
  ObjectStore newStore() {
    MinioServer minio = Objects.requireNonNull(server);
    StoreUri.S3 uri =
        new StoreUri.S3(
            BUCKET,
            UUID.randomUUID().toString(),
            minio.uri(),
            "us-east-1",
            true,
            S3Options.DEFAULT,
            "s3://here");
    AwsBasicCredentials credentials =
        AwsBasicCredentials.create(minio.accessKey(), minio.secretKey());
    return new S3ObjectStore(
        uri, S3Settings.DEFAULT, StaticCredentialsProvider.create(credentials));
  }
}
