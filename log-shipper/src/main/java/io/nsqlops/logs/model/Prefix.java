package io.nsqlops.logs.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A digest of the first bytes of a file. It grows with the file until it covers {@link #LIMIT}
 * bytes, so that the shortest file has an identity and a long header does not hide one.
 *
 * @param length how many bytes it covers
 * @param hash first eight bytes of their SHA-256
 */
public record Prefix(int length, long hash) {
  /** Most bytes a prefix covers. */
  public static final int LIMIT = 4096;

  /** The prefix of a file that begins with the first {@code length} bytes of {@code head}. */
  public static Prefix of(byte[] head, int length) {
    int covered = Math.min(length, LIMIT);
    return new Prefix(covered, hash(head, covered));
  }

  /** Whether a file with this head begins with the same bytes. Nothing begins with no bytes. */
  public boolean matches(byte[] head, int headLength) {
    return length > 0 && headLength >= length && hash(head, length) == hash;
  }

  /** The first eight bytes of the SHA-256 of the first {@code length} bytes. */
  public static long hash(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
