package io.nsqlops.testbeds.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

@NeedsBed(Bed.MINIO)
class MinioServerTest extends S3ServerContract<MinioServer> {

  @Override
  MinioServer start(Path home, String... buckets) {
    return MinioServer.start(home, buckets);
  }

  @Test
  void checksSignaturesAndConditions() {
    try (MinioServer server = start(directory, "one");
        S3Client stranger = client(server, "wrong-secret");
        S3Client owner = client(server, server.secretKey())) {
      assertThatThrownBy(stranger::listBuckets)
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
      store(server, "first");
      assertThatThrownBy(
              () ->
                  owner.putObject(
                      request -> request.bucket("one").key("a/b").ifNoneMatch("*"),
                      RequestBody.fromString("second")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    }
  }
}
