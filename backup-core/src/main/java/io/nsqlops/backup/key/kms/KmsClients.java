package io.nsqlops.backup.key.kms;

import io.nsqlops.backup.key.KmsKey;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/** Builds the SDK's client: one small request, asked up to four times within a minute. */
final class KmsClients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration REPLY = Duration.ofSeconds(10);
  private static final Duration CALL = Duration.ofMinutes(1);
  private static final int ATTEMPTS = 4;

  private KmsClients() {}

  /** With the default chain of credentials. */
  static KmsClient create(KmsKey key) {
    return builder(key, REPLY)
        .credentialsProvider(DefaultCredentialsProvider.builder().build())
        .build();
  }

  static KmsClientBuilder builder(KmsKey key, Duration reply) {
    KmsClientBuilder builder =
        KmsClient.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(reply))
            .overrideConfiguration(
                o ->
                    o.apiCallAttemptTimeout(CONNECT.plus(reply))
                        .apiCallTimeout(CALL)
                        .retryStrategy(
                            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()));
    if (key.endpoint() != null) {
      builder.endpointOverride(key.endpoint());
    }
    region(key).map(Region::of).ifPresent(builder::region);
    return builder;
  }

  private static Optional<String> region(KmsKey key) {
    String[] arn = key.id().split(":", -1);
    boolean named = arn.length > 3 && arn[0].equals("arn") && !arn[3].isEmpty();
    return Optional.ofNullable(key.region())
        .or(() -> named ? Optional.of(arn[3]) : Optional.empty())
        .or(() -> Optional.ofNullable(System.getenv("AWS_REGION")))
        .or(() -> key.endpoint() == null ? Optional.empty() : Optional.of("us-east-1"));
  }
}
