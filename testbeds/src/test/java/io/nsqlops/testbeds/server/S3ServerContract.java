package io.nsqlops.testbeds.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/** The contract for servers of the S3 protocol. */
abstract class S3ServerContract<S extends S3Server> extends ServerContract<S> {

  @Override
  void store(S server, String value) {
    try (S3Client client = client(server, server.secretKey())) {
      client.putObject(request -> request.bucket("one").key("a/b"), RequestBody.fromString(value));
    }
  }

  @Override
  String stored(S server) {
    try (S3Client client = client(server, server.secretKey())) {
      return client.getObjectAsBytes(request -> request.bucket("one").key("a/b")).asUtf8String();
    }
  }

  abstract S start(Path home, String... buckets);

  @Override
  S start(Path home) {
    return start(home, "one", "two");
  }

  @Test
  void theBucketsAskedForExist() {
    try (S server = start(directory, "left", "right");
        S3Client client = client(server, server.secretKey())) {
      assertThat(client.listBuckets().buckets())
          .extracting(Bucket::name)
          .containsExactly("left", "right");
    }
  }

  static S3Client client(S3Server server, String secretKey) {
    return S3Client.builder()
        .endpointOverride(server.uri())
        .region(Region.of(server.region()))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(server.accessKey(), secretKey)))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
