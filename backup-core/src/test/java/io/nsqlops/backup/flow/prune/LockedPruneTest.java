package io.nsqlops.backup.flow.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.model.KeySet;
import io.nsqlops.backup.repository.ChunkVault;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.StoreUri;
import io.nsqlops.backup.store.s3.S3ObjectStore;
import io.nsqlops.backup.store.s3.S3Settings;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MinioServer;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A prune beside MinIO's object lock. */
@NeedsBed(Bed.MINIO)
class LockedPruneTest {
  private static final String BUCKET = "locked";
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path directory;
  private final String prefix = UUID.randomUUID().toString();
  private MinioServer server;
  private S3Client client;

  @BeforeEach
  void start() {
    server = MinioServer.start(directory);
    client =
        S3Client.builder()
            .endpointOverride(server.uri())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(credentials())
            .build();
    client.createBucket(r -> r.bucket(BUCKET).objectLockEnabledForBucket(true));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop();
  }

  private StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(server.accessKey(), server.secretKey()));
  }

  private S3ObjectStore store(String retain) {
    URI endpoint = server.uri();
    StoreUri.S3 uri =
        (StoreUri.S3)
            StoreUri.parse(
                "s3://%s/%s?endpoint=%s&object-lock=governance&retain=%s"
                    .formatted(BUCKET, prefix, endpoint, retain));
    return new S3ObjectStore(uri, S3Settings.DEFAULT, credentials());
  }

  @Test
  void whatIsLockedStaysIsToldAndGoesInTheEnd() throws Exception {
    PruneRequest request = Scene.keepLast(1, Duration.ZERO);
    try (S3ObjectStore store = store("30s");
        S3ObjectStore longer = store("1d")) {
      Repository repository =
          Repository.init(
              store, new ClearKeyProvider(), KeySet.generateUnencrypted(new SecureRandom()));
      final String first = Scene.backup(repository, CLOCK, 1, 2).id();
      String second = Scene.backup(repository, CLOCK, 1, 3).id();
      byte[] orphan = new byte[9000];
      try (ChunkVault vault = Scene.open(longer).chunks()) {
        vault.put(vault.id(orphan, 0, orphan.length), orphan, orphan.length, put -> {});
        vault.settle();
      }

      Forecast early = new PruneFlow(repository, CLOCK, Progress.NONE).plan(request);
      assertThat(early.plan().removed()).isEmpty();
      assertThat(early.plan().decisions().get(0).reasons().toString())
          .contains("held by object lock until 20");
      PruneReport held = Scene.prune(repository, CLOCK, request);
      assertThat(held.held().objects()).isEqualTo(1);
      assertThat(held.held().bytes()).isPositive();
      assertThat(held.chunks()).isEqualTo(Amount.NONE);
      assertThat(repository.backupIds()).containsExactly(first, second);
      Scene.requireWhole(repository, "held");

      Instant deadline = Instant.now().plusSeconds(150);
      PruneReport later = held;
      while (repository.backupIds().size() > 1 && Instant.now().isBefore(deadline)) {
        Thread.sleep(500);
        later = Scene.prune(repository, CLOCK, request);
      }
      assertThat(repository.backupIds()).containsExactly(second);
      assertThat(later.chunks().objects()).isEqualTo(1);
      assertThat(later.held().objects()).isEqualTo(1);
      Scene.requireWhole(repository, "freed");
      // for good: no version of what belonged to the first backup is left
      String gone = prefix + "/backups/" + first;
      assertThat(client.listObjectVersions(r -> r.bucket(BUCKET).prefix(gone)).versions())
          .isEmpty();
    }
  }
}
