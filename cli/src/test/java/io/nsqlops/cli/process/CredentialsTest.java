package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.Run;
import io.nsqlops.testbeds.identity.MetadataService;
import io.nsqlops.testbeds.identity.TokenIssuer;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MinioServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Where credentials come from, in a process that has nothing else. */
@NeedsBed(Bed.MINIO)
class CredentialsTest {
  private static final String BUCKET = "credentials";
  private static final String ROLE = "arn:aws:iam::123456789012:role/backup";

  @TempDir static Path home;
  private static @Nullable MinioServer server;
  private static @Nullable TokenIssuer issuer;

  @TempDir Path directory;
  private CliProcess.Lines lines;
  private String repo = "";

  @BeforeAll
  static void start() {
    TokenIssuer tokens = TokenIssuer.start();
    issuer = tokens;
    server =
        MinioServer.start(
            home,
            Map.of(
                "MINIO_IDENTITY_OPENID_CONFIG_URL", tokens.configurationUri().toString(),
                "MINIO_IDENTITY_OPENID_CLIENT_ID", "sts.amazonaws.com",
                "MINIO_IDENTITY_OPENID_CLAIM_NAME", "policy"),
            null,
            BUCKET);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop();
    }
    if (issuer != null) {
      issuer.close();
    }
  }

  @BeforeEach
  void forgetEverything() {
    repo = "--repo=s3://%s/%s?endpoint=%s".formatted(BUCKET, UUID.randomUUID(), minio().uri());
    lines = new CliProcess.Lines(directory).with("AWS_EC2_METADATA_DISABLED", "true");
    for (String name :
        List.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_PROFILE",
            "AWS_ROLE_ARN",
            "AWS_WEB_IDENTITY_TOKEN_FILE")) {
      lines = lines.with(name, "");
    }
    lines =
        lines
            .with("AWS_SHARED_CREDENTIALS_FILE", directory.resolve("credentials").toString())
            .with("AWS_CONFIG_FILE", directory.resolve("config").toString());
  }

  private static MinioServer minio() {
    return Objects.requireNonNull(server);
  }

  private CliProcess.Lines webIdentity(String token) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), token);
    return lines
        .with("AWS_ROLE_ARN", ROLE)
        .with("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString())
        .with("AWS_ENDPOINT_URL_STS", minio().uri().toString())
        .with("AWS_REGION", "us-east-1");
  }

  private static String token(Instant expires) {
    return Objects.requireNonNull(issuer)
        .token("backup", "sts.amazonaws.com", "readwrite", expires);
  }

  @Test
  void aServiceAccountsTokenIsExchangedForCredentials() throws IOException {
    CliProcess.Lines pod = webIdentity(token(Instant.now().plusSeconds(3600)));
    pod.done("init", repo);
    assertThat(pod.done("list", repo).out()).contains("no backups yet");
  }

  @Test
  void aTokenThatIsNotAcceptedIsToldWithTheReason() throws IOException {
    Run expired = webIdentity(token(Instant.now().minusSeconds(3600))).run("list", repo);
    assertThat(expired.code()).as(expired.err()).isEqualTo(2);
    assertThat(expired.err()).contains("HINT: ").contains("web identity");
  }

  @Test
  void aTokenServiceThatDoesNotAnswerIsTransient() throws IOException {
    Run unreachable =
        webIdentity(token(Instant.now().plusSeconds(3600)))
            .with("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1")
            .run("list", repo);
    assertThat(unreachable.code()).as(unreachable.err()).isEqualTo(75);
  }

  private static Credentials session() {
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(minio().uri())
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(minio().accessKey(), minio().secretKey())))
            .build()) {
      return sts.assumeRole(r -> r.roleArn("arn:x:x:x:x:0").roleSessionName("test")).credentials();
    }
  }

  private static MetadataService metadata() {
    Credentials session = session();
    return MetadataService.start(
        session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
  }

  @Test
  void anInstanceHasTheCredentialsOfItsRole() {
    try (MetadataService metadata = metadata()) {
      lines
          .with("AWS_EC2_METADATA_DISABLED", "")
          // a second by default, in which this JVM may have other things to do
          .with("AWS_METADATA_SERVICE_TIMEOUT", "30")
          .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.uri().toString())
          .done("init", repo);
      assertThat(metadata.requests()).contains("PUT /latest/api/token");
    }
  }

  @Test
  void aContainerHasTheCredentialsOfItsTask() {
    try (MetadataService metadata = metadata()) {
      lines
          .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", metadata.uri() + "/container")
          .done("init", repo);
      assertThat(metadata.requests()).containsOnly("GET /container");
    }
  }

  @Test
  void aProfileThatIsNamedIsTakenWhateverElseIsAround() throws IOException {
    Files.writeString(
        directory.resolve("credentials"),
        "[ops]\naws_access_key_id=%s\naws_secret_access_key=%s\n"
            .formatted(minio().accessKey(), minio().secretKey()));
    CliProcess.Lines both =
        lines.with("AWS_ACCESS_KEY_ID", "nobody").with("AWS_SECRET_ACCESS_KEY", "nothing");
    both.done("init", repo + "&profile=ops");
    assertThat(both.run("list", repo).code()).isEqualTo(2);
    Run unknown = both.run("list", repo + "&profile=dev");
    assertThat(unknown.code()).as(unknown.err()).isEqualTo(2);
    assertThat(unknown.err()).contains("profile").contains("dev").contains("HINT: ");
  }

  @Test
  void withoutAnyItIsSaidHowToGiveThem() {
    Run none = lines.run("list", repo);
    assertThat(none.code()).as(none.err()).isEqualTo(2);
    assertThat(none.err()).contains("no credentials").contains("AWS_ACCESS_KEY_ID");
  }
}
