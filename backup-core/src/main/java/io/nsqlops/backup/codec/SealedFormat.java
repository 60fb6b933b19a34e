package io.nsqlops.backup.codec;

import io.nsqlops.backup.codec.crypto.Aead;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The container of every stored object, version 1:
 *
 * <pre>
 *  0  3  'N' 'S' 'Q'
 *  3  1  format version, 1
 *  4  1  algorithm: 0 none, 1 AES-256-GCM
 *  5  4  id of the data key, big endian; 0 if not encrypted
 *  9 12  nonce; zeros if not encrypted
 * 21  …  one zstd frame that states its content size, encrypted unless the algorithm is none
 *     16 GCM tag, if encrypted
 * </pre>
 *
 * The additional authenticated data is the repository id, a zero byte, the object key and the 21
 * bytes of header: an object does not open under another name or in another repository.
 */
final class SealedFormat {
  static final int HEADER_LENGTH = 21;
  static final int NONE = 0;
  static final int AES_256_GCM = 1;

  private static final byte[] MAGIC = {'N', 'S', 'Q', 1};

  static byte[] header(int algorithm, int keyId, byte[] nonce) {
    return ByteBuffer.allocate(HEADER_LENGTH)
        .put(MAGIC)
        .put((byte) algorithm)
        .putInt(keyId)
        .put(nonce)
        .array();
  }

  /** Throws unless the header is well-formed and the object long enough for it. */
  static void check(String objectKey, byte[] sealed) {
    if (sealed.length < HEADER_LENGTH) {
      throw damaged(objectKey, "it is cut short at " + sealed.length + " bytes");
    }
    if (!Arrays.equals(sealed, 0, 3, MAGIC, 0, 3)) {
      throw damaged(objectKey, "it does not begin like an object of a repository");
    }
    if (sealed[3] != MAGIC[3]) {
      throw damaged(objectKey, "its format version is " + (sealed[3] & 0xff) + ", known is 1");
    }
    switch (algorithm(sealed)) {
      case NONE -> {
        if (keyId(sealed) != 0 || !Arrays.equals(nonce(sealed), new byte[Aead.NONCE_LENGTH])) {
          throw damaged(objectKey, "its header names a key although it is not encrypted");
        }
      }
      case AES_256_GCM -> {
        if (sealed.length < HEADER_LENGTH + Aead.TAG_LENGTH) {
          throw damaged(objectKey, "it is cut short at " + sealed.length + " bytes");
        }
      }
      default -> throw damaged(objectKey, "its algorithm " + sealed[4] + " is unknown");
    }
  }

  static int algorithm(byte[] sealed) {
    return sealed[4];
  }

  static int keyId(byte[] sealed) {
    return ByteBuffer.wrap(sealed).getInt(5);
  }

  static byte[] nonce(byte[] sealed) {
    return Arrays.copyOfRange(sealed, 9, HEADER_LENGTH);
  }

  /** The header is the beginning of {@code sealed}. */
  static byte[] associatedData(String repositoryId, String objectKey, byte[] sealed) {
    byte[] repository = repositoryId.getBytes(StandardCharsets.UTF_8);
    byte[] key = objectKey.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(repository.length + 1 + key.length + HEADER_LENGTH)
        .put(repository)
        .put((byte) 0)
        .put(key)
        .put(sealed, 0, HEADER_LENGTH)
        .array();
  }

  static OpsException damaged(String objectKey, String why) {
    return new OpsException(
        ErrorKind.VERIFICATION_FAILED,
        objectKey,
        "object " + objectKey + " does not open: " + why,
        "It was damaged or replaced in the store. Run verify to see what else is affected, and"
            + " take a new backup.");
  }

  private SealedFormat() {}
}
