package io.nsqlops.backup.codec;

import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Names objects by what they decode to: HMAC-SHA256 with the repository's id key, so that a name
 * confirms no content to whoever can list the store. Belongs to one thread.
 */
public final class ObjectDigest {
  private final Mac mac;

  ObjectDigest(Mac mac) {
    this.mac = mac;
  }

  public byte[] hmac(byte[] plain, int offset, int length) {
    mac.update(plain, offset, length);
    return mac.doFinal();
  }

  /** {@link #hmac} as 64 lower-case hexadecimal digits. */
  public String id(byte[] plain, int offset, int length) {
    return HexFormat.of().formatHex(hmac(plain, offset, length));
  }
}
