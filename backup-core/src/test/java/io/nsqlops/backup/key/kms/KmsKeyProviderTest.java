package io.nsqlops.backup.key.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.KmsKey;
import io.nsqlops.backup.key.passphrase.CheapPassphrase;
import io.nsqlops.backup.model.KeySet;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.repository.KeyRing;
import io.nsqlops.backup.repository.KeySlotInfo;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.LocalKmsServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.kms.KmsClient;

/** A key service that knows nothing of us: contexts, aliases, key states. */
@NeedsBed(Bed.LOCALKMS)
class KmsKeyProviderTest {
  private static final KeySet KEYS = KeySet.generate(new SecureRandom());

  @TempDir static Path directory;

  private static @Nullable LocalKmsServer server;

  @BeforeAll
  static void start() {
    server = LocalKmsServer.start(directory);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private static KmsKey key(String id) {
    LocalKmsServer kms = Objects.requireNonNull(server);
    return new KmsKey(id, kms.uri(), kms.region());
  }

  private static KmsClient client(KmsKey key) {
    return KmsClients.builder(key, Duration.ofSeconds(20))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "secret")))
        .build();
  }

  private static KeyProvider provider(String id) {
    return new KmsKeyProvider(key(id), KmsKeyProviderTest::client);
  }

  private static String newKey() {
    try (KmsClient client = client(key("any"))) {
      return client.createKey().keyMetadata().arn();
    }
  }

  @Test
  void aKeySetIsWrappedAndUnwrapped() {
    KeyProvider provider = provider(newKey());
    byte[] slot = provider.wrap(KEYS, "repo");
    assertThat(provider.unwrap(slot, "repo")).isEqualTo(KEYS);
    assertThat(provider.wrap(KEYS, "repo")).isNotEqualTo(slot);
    String text = new String(slot, StandardCharsets.UTF_8);
    assertThat(text).contains("\"kms\"", "keyId", "arn:aws:kms:eu-west-1").doesNotContain("idKey");
  }

  @Test
  void anAliasIsAsGoodAsAnId() {
    String arn = newKey();
    try (KmsClient client = client(key("any"))) {
      client.createAlias(r -> r.aliasName("alias/backup").targetKeyId(arn));
    }
    byte[] slot = provider("alias/backup").wrap(KEYS, "repo");
    assertThat(provider("alias/backup").unwrap(slot, "repo")).isEqualTo(KEYS);
    assertThat(provider(arn).unwrap(slot, "repo")).isEqualTo(KEYS);
  }

  @Test
  void anotherKeyAnotherRepositoryAndAChangedSlotDoNotOpen() {
    String arn = newKey();
    byte[] slot = provider(arn).wrap(KEYS, "repo");
    String text = new String(slot, StandardCharsets.UTF_8);
    // a slot cannot choose the key it is opened with
    String other = newKey();
    byte[] renamed = text.replace(arn, other).getBytes(StandardCharsets.UTF_8);
    int wrapped = text.indexOf("\"wrapped\"") + 16;
    byte[] flipped = slot.clone();
    flipped[wrapped] = (byte) (flipped[wrapped] == 'A' ? 'B' : 'A');
    for (ThrowingCallable wrong :
        new ThrowingCallable[] {
          () -> provider(other).unwrap(slot, "repo"),
          () -> provider(other).unwrap(renamed, "repo"),
          () -> provider(arn).unwrap(slot, "repo2"),
          () -> provider(arn).unwrap(flipped, "repo"),
        }) {
      assertThat(told(wrong).kind()).isEqualTo(ErrorKind.WRONG_KEY);
    }
    assertThat(provider(arn).unwrap(renamed, "repo")).isEqualTo(KEYS);
  }

  @Test
  void aKeyThatIsMissingOrDisabledIsTold() {
    String arn = newKey();
    byte[] slot = provider(arn).wrap(KEYS, "repo");
    String missing = arn.replaceAll("[^/]+$", "00000000-0000-4000-8000-000000000000");
    OpsException unknown = told(() -> provider(missing).wrap(KEYS, "repo"));
    assertThat(unknown.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(unknown.getMessage()).contains(missing);
    assertThat(unknown.hint()).contains("--kms-key");
    try (KmsClient client = client(key("any"))) {
      client.disableKey(r -> r.keyId(arn));
      OpsException disabled = told(() -> provider(arn).unwrap(slot, "repo"));
      assertThat(disabled.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(disabled.hint()).contains("Enable the key");
      client.enableKey(r -> r.keyId(arn));
    }
    assertThat(provider(arn).unwrap(slot, "repo")).isEqualTo(KEYS);
  }

  @Test
  void aRepositoryHasBothKindsOfKeys() {
    String arn = newKey();
    MemoryObjectStore store = new MemoryObjectStore();
    Repository made = Repository.init(store, provider(arn), KEYS);
    StoredObject object = made.write(RepositoryLayout.schema("a"), new byte[] {1});
    KeyProvider passphrase = CheapPassphrase.of("break glass");
    String added = new KeyRing(made).add(passphrase, "safe");

    assertThat(MemoryRepositories.open(store, passphrase).read(object)).hasSize(1);
    assertThat(MemoryRepositories.open(store, provider(arn)).read(object)).hasSize(1);
    assertThat(KeySlotInfo.list(store))
        .extracting(KeySlotInfo::kind)
        .containsExactlyInAnyOrder("kms", "passphrase");
    assertThat(KeySlotInfo.list(store)).extracting(KeySlotInfo::holder).contains(arn);

    String next = newKey();
    new KeyRing(MemoryRepositories.open(store, provider(arn)))
        .rotate(provider(next), "", Instant.now());
    assertThat(MemoryRepositories.open(store, provider(next)).read(object)).hasSize(1);
    assertThat(told(() -> MemoryRepositories.open(store, provider(arn))).kind())
        .isEqualTo(ErrorKind.WRONG_KEY);
    new KeyRing(MemoryRepositories.open(store, provider(next))).remove(added, Instant.now());
    assertThat(told(() -> MemoryRepositories.open(store, passphrase)).hint()).contains("--kms-key");
  }

  private static OpsException told(ThrowingCallable call) {
    OpsException e = catchThrowableOfType(OpsException.class, call);
    assertThat(e).isNotNull();
    return e;
  }
}
