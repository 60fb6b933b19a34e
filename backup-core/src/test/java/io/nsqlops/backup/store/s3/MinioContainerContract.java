package io.nsqlops.backup.store.s3;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.ObjectStoreContract;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.testcontainers.containers.MinIOContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract with MinIO in a container, as a program: {@link MinioContainerTest} runs it. */
final class MinioContainerContract extends ObjectStoreContract {
  /** The last image MinIO has published whose name Testcontainers knows. */
  static final String IMAGE = "minio/minio:RELEASE.2023-09-04T19-57-37Z";

  private static final String BUCKET = "nsql-ops-test";

  private static @Nullable MinIOContainer container;

  public static void main(String[] arguments) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(MinioContainerContract.class))
                .build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    System.out.printf(
        "contract in a container: %d passed, %d failed%n",
        summary.getTestsSucceededCount(), summary.getTotalFailureCount());
    System.exit(summary.getTotalFailureCount() == 0 ? 0 : 1);
  }

  @BeforeAll
  static void startContainer() {
    MinIOContainer minio = new MinIOContainer(IMAGE);
    container = minio;
    minio.start();
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(URI.create(minio.getS3URL()))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(StaticCredentialsProvider.create(credentials(minio)))
            .build()) {
      client.createBucket(request -> request.bucket(BUCKET));
    }
  }

  @AfterAll
  static void stopContainer() {
    if (container != null) {
      container.stop();
    }
  }

  @Override
  protected ObjectStore newStore() {
    MinIOContainer minio = Objects.requireNonNull(container);
    return S3StoreContract.store(URI.create(minio.getS3URL()), BUCKET, credentials(minio));
  }

  private static AwsBasicCredentials credentials(MinIOContainer minio) {
    return AwsBasicCredentials.create(minio.getUserName(), minio.getPassword());
  }
}
