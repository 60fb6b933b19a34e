package io.nsqlops.backup.key.kms;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.KeySetJson;
import io.nsqlops.backup.key.KeySlot;
import io.nsqlops.backup.key.KmsKey;
import io.nsqlops.backup.model.KeySet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Wraps the key set with a data key of the service, which alone can decrypt that data key again. The
 * repository's id is the encryption context, so the service's log shows what was opened, and a slot
 * of another repository does not open.
 *
 * <p>Which key may decrypt is what the user configured, never what the slot says: whoever can write
 * to the store could otherwise name a key and a service of their own.
 */
public final class KmsKeyProvider implements KeyProvider {
  /** Of the encryption context. */
  static final String CONTEXT = "nsql-ops-repository";

  private static final String KIND = "kms";
  private static final String CIPHER = "AES-256-GCM";
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final KmsKey key;
  private final Function<KmsKey, KmsClient> clients;
  private final SecureRandom random = new SecureRandom();

  /** With the SDK's default chain of credentials. Connects when it is first needed. */
  public KmsKeyProvider(KmsKey key) {
    this(key, KmsClients::create);
  }

  KmsKeyProvider(KmsKey key, Function<KmsKey, KmsClient> clients) {
    this.key = key;
    this.clients = clients;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public byte[] wrap(KeySet keys, String repositoryId) {
    if (!keys.encrypts()) {
      throw new OpsException(
          ErrorKind.USAGE,
          "keys/",
          "an unencrypted repository needs no key of a key service",
          "Leave out --kms-key.");
    }
    GenerateDataKeyResponse made =
        call(
            "make a data key with",
            client ->
                client.generateDataKey(
                    r ->
                        r.keyId(key.id())
                            .keySpec(DataKeySpec.AES_256)
                            .encryptionContext(Map.of(CONTEXT, repositoryId))));
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] plain = JSON.writeValueAsBytes(KeySetJson.write(keys));
    ObjectNode slot = KeySlot.create(KIND);
    slot.put("keyId", made.keyId());
    slot.put("encryptedKey", KeySlot.base64(made.ciphertextBlob().asByteArray()));
    slot.put("cipher", CIPHER);
    slot.put("nonce", KeySlot.base64(nonce));
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, made.plaintext(), nonce, repositoryId);
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
    if (!KeySlot.text(slot, "cipher").equals(CIPHER)) {
      throw KeySlot.wrongKey("its cipher is not " + CIPHER, null);
    }
    byte[] nonce = KeySlot.bytes(slot, "nonce");
    byte[] wrapped = KeySlot.bytes(slot, "wrapped");
    SdkBytes encrypted = SdkBytes.fromByteArray(KeySlot.bytes(slot, "encryptedKey"));
    if (nonce.length != NONCE_LENGTH) {
      throw KeySlot.wrongKey("its nonce has " + nonce.length + " bytes", null);
    }
    DecryptResponse opened =
        call(
            "decrypt with",
            client ->
                client.decrypt(
                    r ->
                        r.keyId(key.id())
                            .ciphertextBlob(encrypted)
                            .encryptionContext(Map.of(CONTEXT, repositoryId))));
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, opened.plaintext(), nonce, repositoryId);
      return KeySetJson.read(JSON.readTree(cipher.doFinal(wrapped)));
    } catch (AEADBadTagException e) {
      throw KeySlot.wrongKey("it was changed", null);
    } catch (GeneralSecurityException | JacksonException e) {
      throw KeySlot.wrongKey("its content is damaged", null);
    }
  }

  private <T> T call(String what, Function<KmsClient, T> request) {
    try (KmsClient client = clients.apply(key)) {
      return request.apply(client);
    } catch (SdkException e) {
      throw KmsErrors.translate(e, what, key);
    }
  }

  private static Cipher cipher(int mode, SdkBytes secret, byte[] nonce, String repositoryId)
      throws GeneralSecurityException {
    byte[] bytes = secret.asByteArray();
    if (bytes.length != KeySet.KEY_LENGTH) {
      throw new GeneralSecurityException("the service's data key has " + bytes.length + " bytes");
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec wrapping = new SecretKeySpec(bytes, "AES");
    Arrays.fill(bytes, (byte) 0);
    cipher.init(mode, wrapping, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(("nsql-ops-key-slot/1\0" + repositoryId).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return "KmsKeyProvider[" + key.id() + "]";
  }
}
