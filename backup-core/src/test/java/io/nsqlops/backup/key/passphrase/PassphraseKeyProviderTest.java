package io.nsqlops.backup.key.passphrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeySlots;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.model.KeySet;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PassphraseKeyProviderTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Cheap, for tests that are not about the cost. */
  private static final Argon2Settings CHEAP = new Argon2Settings(64, 1, 1);

  private final KeySet keys = KeySet.generate(RANDOM).withNewPrimary(RANDOM);
  private final PassphraseKeyProvider provider = provider("correct horse");

  @Test
  void whatIsWrappedUnwrapsWithTheDefaultCost() {
    byte[] slot = new PassphraseKeyProvider("correct horse".toCharArray()).wrap(keys, "repo");

    assertThat(provider.unwrap(slot, "repo")).isEqualTo(keys);
    assertThat(text(slot)).contains("\"memoryKiB\" : 19456").contains("\"kind\" : \"passphrase\"");
  }

  @Test
  void theSlotShowsNoKeyAndDiffersEachTime() {
    byte[] slot = provider.wrap(keys, "repo");

    assertThat(text(slot)).doesNotContain(Base64.getEncoder().encodeToString(keys.idKey()));
    assertThat(provider.wrap(keys, "repo")).isNotEqualTo(slot);
    assertThat(provider.toString()).doesNotContain("horse");
  }

  @Test
  void anotherPassphraseOrRepositoryDoesNotOpenIt() {
    byte[] slot = provider.wrap(keys, "repo");

    assertWrongKey(() -> provider("wrong horse").unwrap(slot, "repo"));
    assertWrongKey(() -> provider.unwrap(slot, "other"));
  }

  @Test
  void everyTamperedCharacterIsFound() {
    byte[] slot = provider.wrap(keys, "repo");
    for (int i = 0; i < slot.length; i++) {
      byte[] tampered = slot.clone();
      tampered[i] ^= 1;
      // Changing white space or the case of nothing keeps the document's meaning: then it opens.
      try {
        assertThat(provider.unwrap(tampered, "repo")).isEqualTo(keys);
        assertThat(slot[i]).isIn((byte) ' ', (byte) '\n');
      } catch (OpsException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.WRONG_KEY);
      }
    }
  }

  @Test
  void aForgedCostDoesNotExhaustTheReader() {
    String slot = text(provider.wrap(keys, "repo"));

    assertWrongKey(() -> provider.unwrap(bytes(slot.replace(" : 64,", " : 999999999,")), "repo"));
    assertWrongKey(() -> provider.unwrap(bytes("{"), "repo"));
    assertWrongKey(() -> provider.unwrap(bytes("[]"), "repo"));
    assertWrongKey(() -> provider.unwrap(new byte[70_000], "repo"));
  }

  @Test
  void composedAndDecomposedLettersAreOnePassphrase() {
    byte[] slot = provider("Z\u00fcrich").wrap(keys, "repo");

    assertThat(provider("Zu\u0308rich").unwrap(slot, "repo")).isEqualTo(keys);
  }

  @Test
  void anEmptyPassphraseIsAUsageError() {
    OpsException e = catchThrowableOfType(OpsException.class, () -> provider(""));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
  }

  @Test
  void severalSlotsHoldTheSameKeys() {
    Map<String, byte[]> slots =
        Map.of(
            "keys/a", provider("old").wrap(keys, "repo"),
            "keys/b", provider("new").wrap(keys, "repo"),
            "keys/c", bytes("not a slot"));

    assertThat(KeySlots.unwrap(provider("old"), slots, "repo").keys()).isEqualTo(keys);
    assertThat(KeySlots.unwrap(provider("new"), slots, "repo").keys()).isEqualTo(keys);
    assertWrongKey(() -> KeySlots.unwrap(provider("other"), slots, "repo"));
  }

  @Test
  void aClearSlotDoesNotOpenForWhoExpectsEncryption() {
    ClearKeyProvider clear = new ClearKeyProvider();
    KeySet open = KeySet.generateUnencrypted(RANDOM);
    Map<String, byte[]> slots = Map.of("keys/a", clear.wrap(open, "repo"));

    assertThat(KeySlots.unwrap(clear, slots, "repo").keys()).isEqualTo(open);
    OpsException e = assertWrongKey(() -> KeySlots.unwrap(provider, slots, "repo"));
    assertThat(e.hint()).contains("not encrypted");
    assertWrongKey(() -> provider.unwrap(clear.wrap(open, "repo"), "repo"));
  }

  @Test
  void withoutAPassphraseTheHintAsksForIt() {
    Map<String, byte[]> slots = Map.of("keys/a", provider.wrap(keys, "repo"));

    OpsException e = assertWrongKey(() -> KeySlots.unwrap(new ClearKeyProvider(), slots, "repo"));
    assertThat(e.hint()).contains("NSQL_OPS_PASSPHRASE");
  }

  @Test
  void encryptedKeysAreNeverKeptInClear() {
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> new ClearKeyProvider().wrap(keys, "repo"));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
  }

  /** Reference vector of the Argon2 authors' test suite: argon2id, version 0x13. */
  @Test
  void argon2KnownAnswer() {
    byte[] derived =
        new Argon2Settings(65536, 2, 1).derive(bytes("password"), bytes("somesalt"), 32);

    assertThat(HexFormat.of().formatHex(derived))
        .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
  }

  private static OpsException assertWrongKey(ThrowingCallable c) {
    OpsException e = catchThrowableOfType(OpsException.class, c);
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(ErrorKind.WRONG_KEY);
    return e;
  }

  private static PassphraseKeyProvider provider(String passphrase) {
    return new PassphraseKeyProvider(passphrase.toCharArray(), CHEAP);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
