package io.nsqlops.backup.codec;

import java.math.BigInteger;
import java.util.HexFormat;

/**
 * A digest of rows that does not depend on their order: the sum of their keyed digests modulo
 * 2^256. Equal rows count as often as they occur, unlike with XOR. Not thread-safe.
 */
public final class RowsDigest {
  private static final int BYTES = 32;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * BYTES);

  private BigInteger sum = BigInteger.ZERO;

  /** Adds a row by its HMAC-SHA256. */
  public void add(byte[] hmac) {
    sum = sum.add(new BigInteger(1, hmac)).mod(MODULUS);
  }

  /** 64 hex digits. */
  public String hex() {
    byte[] bytes = sum.toByteArray();
    byte[] padded = new byte[BYTES];
    for (int i = 0; i < Math.min(BYTES, bytes.length); i++) {
      padded[BYTES - 1 - i] = bytes[bytes.length - 1 - i];
    }
    return HexFormat.of().formatHex(padded);
  }
}
