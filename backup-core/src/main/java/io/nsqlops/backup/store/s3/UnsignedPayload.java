package io.nsqlops.backup.store.s3;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signs requests over plain HTTP as the SDK signs those over HTTPS: everything but the payload.
 *
 * <p>Hashing payloads for the signature cost more than everything else together: 250 MB to a MinIO
 * took 1.5 s of CPU (3.6 s with the C1 compiler only) and take 0.7 s without. Objects carry their
 * own authentication, and a CRC-32 guards the upload.
 */
final class UnsignedPayload implements AwsV4AuthScheme {
  private final AwsV4HttpSigner signer = new PretendingHttps(AwsV4HttpSigner.create());

  /** Whether it can be used: signature and sender must agree on the Host header. */
  static boolean suits(URI endpoint) {
    int port = endpoint.getPort();
    return "http".equals(endpoint.getScheme()) && port > 0 && port != 80 && port != 443;
  }

  @Override
  public String schemeId() {
    return SCHEME_ID;
  }

  @Override
  public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
    return providers.identityProvider(AwsCredentialsIdentity.class);
  }

  @Override
  public AwsV4HttpSigner signer() {
    return signer;
  }

  private static final class PretendingHttps implements AwsV4HttpSigner {
    private final AwsV4HttpSigner inner;

    PretendingHttps(AwsV4HttpSigner inner) {
      this.inner = inner;
    }

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
      SignedRequest signed = pretending(request);
      SdkHttpRequest sent = withProtocol(signed.request(), request.request().protocol());
      return signed.toBuilder().request(sent).build();
    }

    private <T extends AwsCredentialsIdentity> SignedRequest pretending(SignRequest<T> request) {
      return inner.sign(
          request.toBuilder().request(withProtocol(request.request(), "https")).build());
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(
        AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
      return inner.signAsync(request);
    }

    private static SdkHttpRequest withProtocol(SdkHttpRequest request, String protocol) {
      return request.toBuilder().protocol(protocol).build();
    }
  }
}
