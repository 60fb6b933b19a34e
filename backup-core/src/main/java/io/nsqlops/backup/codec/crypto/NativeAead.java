package io.nsqlops.backup.codec.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-GCM of a provider that is fast in one call per message. */
final class NativeAead implements Aead {
  private final Cipher cipher;

  NativeAead(Provider provider) throws GeneralSecurityException {
    cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
  }

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
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_LENGTH, nonce));
    cipher.updateAAD(aad);
    cipher.doFinal(in, inOffset, length, out, outOffset);
  }

  @Override
  public boolean decrypt(
      SecretKey key, byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out)
      throws GeneralSecurityException {
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG_LENGTH, nonce));
    cipher.updateAAD(aad);
    try {
      cipher.doFinal(in, inOffset, length, out, 0);
      return true;
    } catch (AEADBadTagException e) {
      Arrays.fill(out, 0, length - TAG_LENGTH, (byte) 0);
      return false;
    }
  }
}
