package io.nsqlops.backup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MinioServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each right by itself, by a session policy that MinIO enforces. */
@NeedsBed(Bed.MINIO)
class MinioRightsTest {
  private static final String BUCKET = "rights";

  /** What needs which right; delete is last so that the others have something. */
  private static final Map<String, Consumer<ObjectStore>> NEEDS =
      Map.of(
          "s3:GetObject",
          store -> assertThat(store.get("a")).isPresent(),
          "s3:PutObject",
          store -> store.put("a", new byte[1]),
          "s3:ListBucket",
          store -> assertThat(store.list("")).isNotEmpty(),
          "s3:DeleteObject",
          store -> store.delete("gone"));

  @TempDir static Path directory;

  private static @Nullable MinioServer server;

  @BeforeAll
  static void start() {
    server = MinioServer.start(directory, BUCKET);
    NEEDS.getOrDefault("s3:PutObject", store -> {}).accept(store(List.copyOf(NEEDS.keySet())));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private static S3ObjectStore store(List<String> rights) {
    return MinioSessions.store(Objects.requireNonNull(server), BUCKET, "", rights);
  }

  @Test
  void eachRightThatIsMissingIsNamedAndTheOthersSuffice() {
    for (String missing : NEEDS.keySet()) {
      List<String> others = NEEDS.keySet().stream().filter(r -> !r.equals(missing)).toList();
      try (S3ObjectStore store = store(others)) {
        for (Map.Entry<String, Consumer<ObjectStore>> need : NEEDS.entrySet()) {
          OpsException e =
              catchThrowableOfType(OpsException.class, () -> need.getValue().accept(store));
          if (need.getKey().equals(missing)) {
            assertThat(e).as(missing).isNotNull();
            assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
            assertThat(e.hint()).contains(missing);
          } else {
            assertThat(e).as("%s without %s", need.getKey(), missing).isNull();
          }
        }
      }
    }
  }

  /** The rights of a backup: it never deletes. */
  @Test
  void withoutTheRightToDeleteAProbeLeavesAFewBytes() {
    try (S3ObjectStore store = store(List.of("s3:GetObject", "s3:PutObject", "s3:ListBucket"))) {
      assertThat(store.probe().conditionalPut()).isTrue();
      assertThat(store.list("probe-").count()).isEqualTo(1);
    }
  }
}
