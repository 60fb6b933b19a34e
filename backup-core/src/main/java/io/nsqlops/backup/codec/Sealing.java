package io.nsqlops.backup.codec;

import io.nsqlops.backup.codec.crypto.CryptoSuite;
import io.nsqlops.backup.model.KeySet;
import java.security.SecureRandom;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the sealers and digests of one repository. Thread-safe; what it makes belongs to one
 * thread.
 */
public final class Sealing {
  /** No stored object is larger than this when opened, unless a caller says otherwise. */
  public static final int DEFAULT_MAX_PLAIN = 256 << 20;

  private final String repositoryId;
  private final KeySet keys;
  private final CryptoSuite suite;
  private final int maxPlain;
  private final TreeMap<Integer, SecretKey> dataKeys = new TreeMap<>();
  private final SecureRandom random = new SecureRandom();

  public Sealing(String repositoryId, KeySet keys, CryptoSuite suite) {
    this(repositoryId, keys, suite, DEFAULT_MAX_PLAIN);
  }

  /**
   * @param repositoryId bound into every sealed object
   * @param maxPlain in bytes; an object that claims to be larger is not decompressed
   */
  public Sealing(String repositoryId, KeySet keys, CryptoSuite suite, int maxPlain) {
    this.repositoryId = repositoryId;
    this.keys = keys;
    this.suite = suite;
    this.maxPlain = maxPlain;
    for (int id : keys.dataKeyIds()) {
      dataKeys.put(id, new SecretKeySpec(keys.dataKey(id).orElseThrow(), "AES"));
    }
  }

  /** Whether objects are encrypted; the others are compressed only. */
  public boolean encrypts() {
    return keys.encrypts();
  }

  /** For one thread; close it to give its native memory back. */
  public ChunkSealer newSealer() {
    return new ChunkSealer(
        repositoryId, dataKeys, keys.primary(), suite.newAead(), random, maxPlain);
  }

  /** For one thread. */
  public ObjectDigest newDigest() {
    return new ObjectDigest(suite.newHmac(keys.idKey()));
  }
}
