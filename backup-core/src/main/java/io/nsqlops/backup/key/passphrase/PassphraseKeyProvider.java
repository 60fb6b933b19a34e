package io.nsqlops.backup.key.passphrase;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.KeySetJson;
import io.nsqlops.backup.key.KeySlot;
import io.nsqlops.backup.model.KeySet;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Wraps the key set with a key that Argon2id derives from a passphrase (UTF-8 of its NFC form, so
 * that keyboards of different systems agree).
 */
public final class PassphraseKeyProvider implements KeyProvider {
  private static final String KIND = "passphrase";
  private static final String KDF = "argon2id";
  private static final String CIPHER = "AES-256-GCM";
  private static final int SALT_LENGTH = 16;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final byte[] passphrase;
  private final Argon2Settings settings;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param passphrase copied; the caller may wipe its own
   * @throws OpsException USAGE if it is empty
   */
  public PassphraseKeyProvider(char[] passphrase) {
    this(passphrase, Argon2Settings.CURRENT);
  }

  PassphraseKeyProvider(char[] passphrase, Argon2Settings settings) {
    if (passphrase.length == 0) {
      throw new OpsException(
          ErrorKind.USAGE,
          "passphrase",
          "the passphrase is empty",
          "Set NSQL_OPS_PASSPHRASE or --passphrase-file, or create the repository with"
              + " --no-encryption.");
    }
    this.passphrase =
        Normalizer.normalize(CharBuffer.wrap(passphrase), Normalizer.Form.NFC)
            .getBytes(StandardCharsets.UTF_8);
    this.settings = settings;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public byte[] wrap(KeySet keys, String repositoryId) {
    byte[] salt = randomBytes(SALT_LENGTH);
    byte[] nonce = randomBytes(NONCE_LENGTH);
    byte[] plain = JSON.writeValueAsBytes(KeySetJson.write(keys));
    ObjectNode slot = KeySlot.create(KIND);
    slot.putObject("kdf")
        .put("name", KDF)
        .put("version", Argon2Settings.VERSION)
        .put("memoryKiB", settings.memoryKib())
        .put("passes", settings.passes())
        .put("lanes", settings.lanes())
        .put("salt", KeySlot.base64(salt));
    slot.put("cipher", CIPHER);
    slot.put("nonce", KeySlot.base64(nonce));
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, settings, salt, nonce, repositoryId);
      slot.put("wrapped", KeySlot.base64(cipher.doFinal(plain)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed to wrap a key set", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
    return KeySlot.write(slot);
  }

  @Override
  public KeySet unwrap(byte[] document, String repositoryId) {
    JsonNode slot = KeySlot.read(document, KIND);
    JsonNode kdf = slot.path("kdf");
    requireText(kdf, "name", KDF);
    requireText(slot, "cipher", CIPHER);
    KeySlot.integer(kdf, "version", Argon2Settings.VERSION, Argon2Settings.VERSION);
    int lanes = KeySlot.integer(kdf, "lanes", 1, Argon2Settings.MAX_LANES);
    Argon2Settings recorded =
        new Argon2Settings(
            KeySlot.integer(kdf, "memoryKiB", 8 * lanes, Argon2Settings.MAX_MEMORY_KIB),
            KeySlot.integer(kdf, "passes", 1, Argon2Settings.MAX_PASSES),
            lanes);
    byte[] salt = bytesOfLength(kdf, "salt", SALT_LENGTH);
    byte[] nonce = bytesOfLength(slot, "nonce", NONCE_LENGTH);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, recorded, salt, nonce, repositoryId);
      byte[] plain = cipher.doFinal(KeySlot.bytes(slot, "wrapped"));
      return KeySetJson.read(JSON.readTree(plain));
    } catch (AEADBadTagException e) {
      throw KeySlot.wrongKey("the passphrase is wrong, or the slot was changed", null);
    } catch (GeneralSecurityException | JacksonException e) {
      throw KeySlot.wrongKey("its content is damaged", null);
    }
  }

  private Cipher cipher(
      int mode, Argon2Settings cost, byte[] salt, byte[] nonce, String repositoryId)
      throws GeneralSecurityException {
    byte[] derived = cost.derive(passphrase, salt, KeySet.KEY_LENGTH);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec key = new SecretKeySpec(derived, "AES");
    Arrays.fill(derived, (byte) 0);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(("nsql-ops-key-slot/1\0" + repositoryId).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void requireText(JsonNode node, String field, String wanted) {
    String found = KeySlot.text(node, field);
    if (!found.equals(wanted)) {
      throw KeySlot.wrongKey("its " + field + " is " + found + ", known is " + wanted, null);
    }
  }

  private static byte[] bytesOfLength(JsonNode node, String field, int length) {
    byte[] bytes = KeySlot.bytes(node, field);
    if (bytes.length != length) {
      throw KeySlot.wrongKey("its " + field + " has " + bytes.length + " bytes", null);
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "PassphraseKeyProvider";
  }
}
