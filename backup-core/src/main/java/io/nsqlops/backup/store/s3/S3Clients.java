package io.nsqlops.backup.store.s3;

import io.nsqlops.backup.store.S3Options.Checksum;
import io.nsqlops.backup.store.StoreUri;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Builds the SDK's client. The HTTP client is the JDK's: two tenths of a second of CPU less to
 * start than Apache's, and no further libraries. The SDK's {@code Expect: 100-continue} for uploads
 * above 1 MiB stays on: a server that refuses early closes the connection, and without it the JDK
 * loses the reply.
 */
final class S3Clients {
  /** What S3-compatible servers expect when they do not care. */
  private static final String ANY_REGION = "us-east-1";

  private S3Clients() {}

  static SdkHttpClient http(StoreUri.S3 uri, S3Settings settings) {
    UrlConnectionHttpClient.Builder builder =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(settings.connectTimeout())
            .socketTimeout(settings.socketTimeout());
    @Nullable Path ca = uri.options().ca();
    if (ca != null) {
      TrustManager[] trusted = TrustedCertificates.of(ca);
      builder.tlsTrustManagersProvider(() -> trusted);
    }
    return builder.build();
  }

  /** A profile that was named is meant, whatever else is around; else the SDK's default chain. */
  static AwsCredentialsProvider credentials(StoreUri.S3 uri) {
    @Nullable String profile = uri.options().profile();
    return profile == null
        ? DefaultCredentialsProvider.builder().build()
        : ProfileCredentialsProvider.create(profile);
  }

  /** The HTTP client can be shared; whoever made it closes it. */
  static S3Client create(
      StoreUri.S3 uri,
      S3Settings settings,
      int maxAttempts,
      AwsCredentialsProvider credentials,
      SdkHttpClient http) {
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(credentials)
            .httpClient(http)
            .forcePathStyle(uri.pathStyle())
            // Else an upload would be signed piece by piece where payloads are signed.
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                o ->
                    o.defaultProfileName(uri.options().profile())
                        .apiCallAttemptTimeout(settings.attemptTimeout())
                        .apiCallTimeout(settings.callTimeout())
                        .retryStrategy(
                            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(maxAttempts)
                                .retryOnException(S3Clients::brokeOff)
                                .build()));
    if (uri.options().checksum() == Checksum.NONE) {
      builder.addPlugin(LegacyMd5Plugin.create());
    }
    if (uri.endpoint() != null && UnsignedPayload.suits(uri.endpoint())) {
      builder.putAuthScheme(new UnsignedPayload());
    }
    if (uri.endpoint() != null) {
      builder.endpointOverride(uri.endpoint());
    }
    region(uri).map(Region::of).ifPresent(builder::region);
    return builder.build();
  }

  /** A listing that ends in the middle is for the SDK one that cannot be read, and final. */
  private static boolean brokeOff(Throwable failure) {
    return Causes.root(failure) instanceof XMLStreamException;
  }

  private static Optional<String> region(StoreUri.S3 uri) {
    if (uri.region() != null) {
      return Optional.of(uri.region());
    }
    Optional<String> ofProfile =
        Optional.ofNullable(uri.options().profile())
            .flatMap(name -> ProfileFile.defaultProfileFile().profile(name))
            .flatMap(profile -> profile.property(ProfileProperty.REGION));
    if (ofProfile.isPresent()) {
      return ofProfile;
    }
    // With an endpoint of one's own the default chain would only ask in vain, at last a
    // metadata service that is not there.
    String configured = System.getenv("AWS_REGION");
    return uri.endpoint() == null
        ? Optional.empty()
        : Optional.of(configured == null ? ANY_REGION : configured);
  }
}
