package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.Run;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.LocalKmsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** A repository that a key service opens, from the command line. */
@NeedsBed(Bed.LOCALKMS)
class KmsTest {
  @TempDir Path directory;

  @Test
  void aKmsKeyOpensAloneAndBesideAPassphrase() throws IOException {
    LocalKmsServer server = LocalKmsServer.start(directory.resolve("kms"));
    try {
      String arn = newKey(server);
      String repo = "--repo=" + directory.resolve("repository");
      String endpoint = "--kms-endpoint=" + server.uri();
      CliProcess.Lines lines =
          new CliProcess.Lines(directory)
              .with("NSQL_OPS_PASSPHRASE", "")
              .with("AWS_ACCESS_KEY_ID", "any")
              .with("AWS_SECRET_ACCESS_KEY", "secret");
      Run made = lines.done("init", repo, "--kms-key=" + arn, endpoint);
      assertThat(made.out()).contains("encrypted with KMS key " + arn);
      CliProcess.Lines kms =
          lines
              .with("NSQL_OPS_KMS_KEY", arn)
              .with("NSQL_OPS_KMS_ENDPOINT", server.uri().toString());
      assertThat(kms.done("list", repo).out()).contains("no backups yet");

      kms.with("NSQL_OPS_NEW_PASSPHRASE", CliProcess.PASSPHRASE).done("key", "add", repo);
      Run list = kms.done("key", "list", repo);
      assertThat(list.out()).contains("kms", "passphrase", arn);
      lines.with("NSQL_OPS_PASSPHRASE", CliProcess.PASSPHRASE).done("list", repo);

      Run both = kms.with("NSQL_OPS_PASSPHRASE", CliProcess.PASSPHRASE).run("list", repo);
      assertThat(both.code()).isEqualTo(2);
      assertThat(both.err()).contains("KMS key");

      Path config =
          Files.writeString(
              directory.resolve("nsql-ops.yaml"),
              "secrets: { kms-key: \"%s\", kms-endpoint: \"%s\" }\n".formatted(arn, server.uri()));
      lines.done("list", repo, "--config=" + config);

      String other = newKey(server);
      Run wrong = lines.run("list", repo, "--kms-key=" + other, endpoint);
      assertThat(wrong.code()).as(wrong.err()).isEqualTo(12);
      Run gone = lines.run("list", repo, "--kms-key=" + arn, "--kms-endpoint=http://127.0.0.1:1");
      assertThat(gone.code()).as(gone.err()).isEqualTo(75);
      Run denied = lines.run("list", repo, "--kms-key=" + arn + "0", endpoint);
      assertThat(denied.code()).as(denied.err()).isEqualTo(2);
    } finally {
      server.stop();
    }
  }

  private static String newKey(LocalKmsServer server) {
    try (KmsClient client =
        KmsClient.builder()
            .endpointOverride(server.uri())
            .region(Region.of(server.region()))
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "secret")))
            .build()) {
      return client.createKey().keyMetadata().arn();
    }
  }
}
