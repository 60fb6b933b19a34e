package io.nsqlops.backup.codec.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKey;

/**
 * AES-256-GCM over whole messages in memory, with a 96-bit nonce and a 128-bit tag. An instance
 * belongs to one thread.
 */
public interface Aead {
  /** In bytes. */
  int NONCE_LENGTH = 12;

  /** In bytes; the tag follows the ciphertext. */
  int TAG_LENGTH = 16;

  /**
   * Writes {@code length + TAG_LENGTH} bytes to {@code out}. The caller never uses a nonce twice
   * with one key.
   */
  void encrypt(
      SecretKey key,
      byte[] nonce,
      byte[] aad,
      byte[] in,
      int inOffset,
      int length,
      byte[] out,
      int outOffset)
      throws GeneralSecurityException;

  /**
   * Writes {@code length - TAG_LENGTH} bytes to {@code out}, from its start, if the message is
   * authentic. Otherwise nothing of it is left in {@code out}.
   *
   * @param length of ciphertext and tag, at least {@code TAG_LENGTH}
   * @return whether the message is authentic
   */
  boolean decrypt(
      SecretKey key, byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out)
      throws GeneralSecurityException;
}
