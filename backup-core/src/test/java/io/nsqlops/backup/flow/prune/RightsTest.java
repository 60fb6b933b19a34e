package io.nsqlops.backup.flow.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.model.KeySet;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.s3.MinioSessions;
import io.nsqlops.backup.store.s3.S3ObjectStore;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MinioServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies of docs/object-stores.md are enough, and no more than that. */
@NeedsBed(Bed.MINIO)
class RightsTest {
  private static final String BUCKET = "rights";
  private static final Clock CLOCK = Clock.systemUTC();
  private static final List<String> READING = List.of("s3:GetObject", "s3:ListBucket");
  private static final List<String> BACKUP =
      List.of("s3:GetObject", "s3:ListBucket", "s3:PutObject");
  private static final List<String> PRUNE =
      List.of("s3:GetObject", "s3:ListBucket", "s3:PutObject", "s3:DeleteObject");

  @TempDir Path directory;

  @Test
  void eachTaskDoesWithItsOwnRights() {
    MinioServer minio = MinioServer.start(directory, BUCKET);
    try (S3ObjectStore backup = MinioSessions.store(minio, BUCKET, "", BACKUP);
        S3ObjectStore reading = MinioSessions.store(minio, BUCKET, "", READING);
        S3ObjectStore prune = MinioSessions.store(minio, BUCKET, "", PRUNE)) {
      Repository.init(
          backup, new ClearKeyProvider(), KeySet.generateUnencrypted(new SecureRandom()));
      Scene.backup(Scene.open(backup), CLOCK, 1, 2);
      final String second = Scene.backup(Scene.open(backup), CLOCK, 1, 3).id();
      Scene.requireWhole(Scene.open(reading), "read-only");

      PruneRequest request = Scene.keepLast(1, Duration.ZERO);
      // twice: the second finds the lease of the first, which it may not delete either
      for (S3ObjectStore weak : List.of(reading, backup, backup)) {
        OpsException e =
            catchThrowableOfType(
                OpsException.class, () -> Scene.prune(Scene.open(weak), CLOCK, request));
        assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
        assertThat(e.hint()).contains(weak == reading ? "s3:PutObject" : "s3:DeleteObject");
        assertThat(Scene.open(reading).backupIds()).hasSize(2);
      }
      OpsException e =
          catchThrowableOfType(
              OpsException.class, () -> Scene.backup(Scene.open(reading), CLOCK, 1));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.hint()).contains("s3:PutObject");

      // the prune that was not allowed to delete took the lease and gave it back
      Scene.prune(Scene.open(prune), CLOCK, request);
      assertThat(Scene.open(reading).backupIds()).containsExactly(second);
      Scene.requireWhole(Scene.open(reading), "pruned");
    } finally {
      minio.stop();
    }
  }
}
