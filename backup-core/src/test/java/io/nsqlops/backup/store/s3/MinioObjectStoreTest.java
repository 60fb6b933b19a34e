package io.nsqlops.backup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.StoreUri;
import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** MinIO checks signatures and rights. */
class MinioObjectStoreTest extends S3StoreContract {

  @Override
  URI endpoint() {
    return URI.create(System.getProperty("x.minio"));
  }

  @Override
  AwsBasicCredentials credentials() {
    return AwsBasicCredentials.create("minioadmin", "minioadmin");
  }

  @Test
  void wrongCredentialsAreAUsageErrorAndStaySecret() {
    AwsBasicCredentials wrongSecret = AwsBasicCredentials.create("minioadmin", "geheim-1234");
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
    StoreUri.S3 uri = new StoreUri.S3(BUCKET, "p", endpoint(), "us-east-1", true, false);
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

  @Test
  void checksumsOfTheSdkPassToo() {
    StoreUri.S3 uri = new StoreUri.S3(BUCKET, "sums", endpoint(), null, true, true);
    try (S3ObjectStore store = open(uri)) {
      store.put("a", bytes("checked"));
      assertThat(store.get("a")).hasValue(bytes("checked"));
    }
  }
}
