package io.nsqlops.backup.key.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeySlot;
import io.nsqlops.backup.key.KmsKey;
import io.nsqlops.backup.model.KeySet;
import io.nsqlops.backup.store.s3.ScriptedServer;
import io.nsqlops.backup.store.s3.ScriptedServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import tools.jackson.databind.node.ObjectNode;

/** What the key service says when it does not serve. */
class KmsFaultsTest {
  private static final String ARN = "arn:aws:kms:eu-west-1:1:key/k";
  private static final KeySet KEYS = KeySet.generate(new SecureRandom());

  private final CountDownLatch over = new CountDownLatch(1);
  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer(request -> Reply.of(500, ""));
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.close();
  }

  private KmsKeyProvider provider() {
    return provider(Duration.ofSeconds(30));
  }

  private KmsKeyProvider provider(Duration patience) {
    return new KmsKeyProvider(
        new KmsKey(ARN, server.uri(), null),
        key ->
            KmsClients.builder(key, patience)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "geheim")))
                .build());
  }

  @ParameterizedTest
  @CsvSource({"region,--kms-region", "credentials,AWS_ACCESS_KEY_ID"})
  void whatIsMissingIsToldWithoutTheSdksOwnNames(String what, String hint) {
    KmsKeyProvider without =
        new KmsKeyProvider(
            new KmsKey("k", null, null),
            key -> {
              throw SdkClientException.create(
                  "Unable to load "
                      + what
                      + " from any of the providers in the chain io.DefaultChain@2173f6d9: [io.One]");
            });

    OpsException e = catchThrowableOfType(OpsException.class, () -> without.wrap(KEYS, "r"));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage()).contains("KMS key k", what).doesNotContain("Chain", "io.One");
    assertThat(e.hint()).contains(hint);
  }

  private static byte[] slot() {
    ObjectNode slot = KeySlot.create("kms");
    slot.put("keyId", ARN).put("encryptedKey", "AAAA").put("cipher", "AES-256-GCM");
    slot.put("nonce", "AAAAAAAAAAAAAAAA").put("wrapped", "AAAA");
    return KeySlot.write(slot);
  }

  @ParameterizedTest
  @CsvSource({
    "400,AccessDeniedException,USAGE,kms:Decrypt",
    "400,DisabledException,USAGE,Enable the key",
    "400,KMSInvalidStateException,USAGE,Enable the key",
    "400,NotFoundException,USAGE,--kms-region",
    "400,UnrecognizedClientException,USAGE,credentials",
    "400,IncorrectKeyException,WRONG_KEY,belongs",
    "400,InvalidCiphertextException,WRONG_KEY,belongs",
    "400,ThrottlingException,TRANSIENT,try later",
    "400,LimitExceededException,USAGE,--kms-key",
    "500,KMSInternalException,TRANSIENT,try later",
    "500,KeyUnavailableException,TRANSIENT,try later",
    "503,DependencyTimeoutException,TRANSIENT,try later",
  })
  void refusalsAreToldInTheUsersWords(int status, String code, ErrorKind kind, String hint) {
    server.answer(
        request -> Reply.of(status, "{\"__type\":\"%s\",\"message\":\"reasons\"}".formatted(code)));
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> provider().unwrap(slot(), "repo"));
    assertThat(e.kind()).as(e.toString()).isEqualTo(kind);
    assertThat(e.getMessage()).contains(ARN);
    assertThat(e.hint()).contains(hint);
    assertThat(e.toString() + e.getCause()).doesNotContain("geheim");
    assertThat(server.requests()).hasSize(kind == ErrorKind.TRANSIENT ? 4 : 1);
  }

  @Test
  void theRequestsNameKeyAndRepository() {
    assertThat(catchThrowableOfType(OpsException.class, () -> provider().wrap(KEYS, "repo-1")))
        .isNotNull();
    assertThat(server.requests().get(0).header("x-amz-target"))
        .isEqualTo("TrentService.GenerateDataKey");
    assertThat(catchThrowableOfType(OpsException.class, () -> provider().unwrap(slot(), "repo-1")))
        .isNotNull();
    ScriptedServer.Request last = server.requests().get(server.requests().size() - 1);
    assertThat(last.header("x-amz-target")).isEqualTo("TrentService.Decrypt");
    for (ScriptedServer.Request request : server.requests()) {
      assertThat(request.body())
          .contains("\"KeyId\":\"" + ARN)
          .contains("\"EncryptionContext\":{\"nsql-ops-repository\":\"repo-1\"}");
      assertThat(request.header("authorization")).contains("/eu-west-1/kms/");
    }
  }

  @Test
  void silenceIsTransient() {
    server.answer(
        request -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Reply.of(200, "{}");
        });
    OpsException e =
        catchThrowableOfType(
            OpsException.class, () -> provider(Duration.ofSeconds(1)).unwrap(slot(), "repo"));
    assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(e.hint()).contains("reachable");
  }

  @Test
  void aDataKeyOfTheWrongLengthOpensNothing() {
    server.answer(request -> Reply.of(200, "{\"KeyId\":\"" + ARN + "\",\"Plaintext\":\"AAAA\"}"));
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> provider().unwrap(slot(), "repo"));
    assertThat(e.kind()).isEqualTo(ErrorKind.WRONG_KEY);
  }

  @Test
  void anUnencryptedRepositoryHasNoSuchKey() {
    KeySet clear = KeySet.generateUnencrypted(new SecureRandom());
    OpsException e = catchThrowableOfType(OpsException.class, () -> provider().wrap(clear, "repo"));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key with spaces", "arn:aws:kms:eu:1:key/ä"})
  void whatIsNoKeyIsRefused(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new KmsKey(id, null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KmsKey("k", URI.create("http://user:geheim@h"), null))
        .withMessageNotContaining("geheim");
    assertThatIllegalArgumentException().isThrownBy(() -> new KmsKey("k", null, "eu west"));
  }
}
