package io.nsqlops.backup.codec.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES-GCM with the JDK's own ciphers, arranged so that JDK 17 runs its intrinsics.
 *
 * <p>JDK 17 handles a large message in one call to a method that is compiled too late to matter: 14
 * s per GB instead of 0.7. Feeding it 512 bytes a time calls that method often enough. Its
 * decryption keeps the whole message back and then does it in one call, so here a message is
 * decrypted as the AES-CTR that GCM is inside, encrypted again by GCM, and the tags are compared.
 */
final class JdkAead implements Aead {
  private static final int STEP = 512;

  private final byte[] discard = new byte[STEP + TAG_LENGTH];

  @Override
  public void encrypt(
      SecretKey key,
      byte[] nonce,
      byte[] aad,
      byte[] in,
      int inOffset,
      int length,
      byte[] out,
      int outOffset)
      throws GeneralSecurityException {
    Cipher gcm = gcm(key, nonce, aad);
    int end = inOffset + length;
    int from = inOffset;
    int to = outOffset;
    for (; end - from > STEP; from += STEP) {
      to += gcm.update(in, from, STEP, out, to);
    }
    gcm.doFinal(in, from, end - from, out, to);
  }

  @Override
  public boolean decrypt(
      SecretKey key, byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out)
      throws GeneralSecurityException {
    int plainLength = length - TAG_LENGTH;
    counterMode(key, nonce, in, inOffset, plainLength, out);
    byte[] expected = tagOf(key, nonce, aad, out, plainLength);
    int tagOffset = inOffset + plainLength;
    if (MessageDigest.isEqual(
        expected, Arrays.copyOfRange(in, tagOffset, tagOffset + TAG_LENGTH))) {
      return true;
    }
    Arrays.fill(out, 0, plainLength, (byte) 0);
    return false;
  }

  /** GCM encrypts as CTR whose first block counter is 2. */
  private static void counterMode(
      SecretKey key, byte[] nonce, byte[] in, int inOffset, int length, byte[] out)
      throws GeneralSecurityException {
    byte[] counter = Arrays.copyOf(nonce, 16);
    counter[15] = 2;
    Cipher ctr = Cipher.getInstance("AES/CTR/NoPadding");
    ctr.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(counter));
    int from = 0;
    for (; length - from > STEP; from += STEP) {
      ctr.update(in, inOffset + from, STEP, out, from);
    }
    ctr.doFinal(in, inOffset + from, length - from, out, from);
  }

  private byte[] tagOf(SecretKey key, byte[] nonce, byte[] aad, byte[] plain, int length)
      throws GeneralSecurityException {
    Cipher gcm = gcm(key, nonce, aad);
    int from = 0;
    for (; length - from > STEP; from += STEP) {
      gcm.update(plain, from, STEP, discard, 0);
    }
    int last = gcm.doFinal(plain, from, length - from, discard, 0);
    return Arrays.copyOfRange(discard, last - TAG_LENGTH, last);
  }

  /** A new instance each time: the JDK's refuses the nonce it saw last, which opening repeats. */
  private static Cipher gcm(SecretKey key, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_LENGTH, nonce));
    gcm.updateAAD(aad);
    return gcm;
  }
}
