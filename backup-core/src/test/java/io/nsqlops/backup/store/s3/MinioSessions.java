package io.nsqlops.backup.store.s3;

import io.nsqlops.backup.store.StoreUri;
import io.nsqlops.testbeds.server.MinioServer;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Stores whose credentials may do some things only, which MinIO enforces. */
public final class MinioSessions {
  private MinioSessions() {}

  /**
   * A store at prefix {@code p}.
   *
   * @param options more of its address
   * @param rights such as {@code s3:GetObject}, and no others
   */
  public static S3ObjectStore store(
      MinioServer minio, String bucket, String options, List<String> rights) {
    Credentials session = session(minio, "\"" + String.join("\",\"", rights) + "\"");
    StoreUri.S3 uri =
        (StoreUri.S3) StoreUri.parse("s3://" + bucket + "/p?endpoint=" + minio.uri() + options);
    return new S3ObjectStore(
        uri,
        S3Settings.DEFAULT,
        StaticCredentialsProvider.create(
            AwsSessionCredentials.create(
                session.accessKeyId(), session.secretAccessKey(), session.sessionToken())));
  }

  private static Credentials session(MinioServer minio, String actions) {
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(minio.uri())
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(minio.accessKey(), minio.secretKey())))
            .build()) {
      String policy =
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
           "Action":[%s],"Resource":["arn:aws:s3:::*"]}]}
          """
              .formatted(actions);
      return sts.assumeRole(
              r -> r.roleArn("arn:x:x:x:x:0").roleSessionName("test").policy(policy))
          .credentials();
    }
  }
}
