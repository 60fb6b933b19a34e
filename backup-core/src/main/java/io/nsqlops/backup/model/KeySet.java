package io.nsqlops.backup.model;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The secrets of one repository: the key that names objects and the keys that seal them. New
 * objects are sealed with the primary data key; older data keys stay, so that nothing already
 * stored has to be rewritten.
 *
 * <p>A key set without data keys belongs to an unencrypted repository. Immutable; {@link
 * #toString()} shows no key material.
 */
public final class KeySet {
  /** Length of every key, in bytes. */
  public static final int KEY_LENGTH = 32;

  private final byte[] idKey;
  private final TreeMap<Integer, byte[]> dataKeys = new TreeMap<>();
  private final int primary;

  /**
   * @param idKey keys the HMAC-SHA256 that names objects
   * @param dataKeys AES-256 keys by their positive id
   * @param primary the data key that seals new objects; 0 if there are none
   */
  public KeySet(byte[] idKey, SortedMap<Integer, byte[]> dataKeys, int primary) {
    this.idKey = checked(idKey);
    dataKeys.forEach((id, key) -> this.dataKeys.put(positive(id), checked(key)));
    this.primary = primary;
    if (dataKeys.isEmpty() ? primary != 0 : !dataKeys.containsKey(primary)) {
      throw new IllegalArgumentException("no data key has the primary id " + primary);
    }
  }

  /** A new encrypted repository's keys. */
  public static KeySet generate(SecureRandom random) {
    TreeMap<Integer, byte[]> dataKeys = new TreeMap<>();
    dataKeys.put(1, newKey(random));
    return new KeySet(newKey(random), dataKeys, 1);
  }

  /** A new unencrypted repository's keys: objects are named by a random key, but not sealed. */
  public static KeySet generateUnencrypted(SecureRandom random) {
    return new KeySet(newKey(random), Collections.emptySortedMap(), 0);
  }

  /** The same keys and a fresh primary. Object ids do not change, so deduplication goes on. */
  public KeySet withNewPrimary(SecureRandom random) {
    if (!encrypts()) {
      throw new IllegalStateException("an unencrypted repository has no primary key to replace");
    }
    TreeMap<Integer, byte[]> more = new TreeMap<>(dataKeys);
    int next = Math.addExact(dataKeys.lastKey(), 1);
    more.put(next, newKey(random));
    return new KeySet(idKey, more, next);
  }

  /** False for an unencrypted repository. */
  public boolean encrypts() {
    return !dataKeys.isEmpty();
  }

  /** A copy. */
  public byte[] idKey() {
    return idKey.clone();
  }

  /** Id of the data key that seals new objects; 0 for an unencrypted repository. */
  public int primary() {
    return primary;
  }

  public SortedSet<Integer> dataKeyIds() {
    return Collections.unmodifiableSortedSet(dataKeys.navigableKeySet());
  }

  /** A copy, or empty if this set holds no key of that id. */
  public Optional<byte[]> dataKey(int id) {
    return Optional.ofNullable(dataKeys.get(id)).map(byte[]::clone);
  }

  private static byte[] newKey(SecureRandom random) {
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    return key;
  }

  private static byte[] checked(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException(
          "a key has " + KEY_LENGTH + " bytes, this one " + key.length);
    }
    return key.clone();
  }

  private static int positive(int id) {
    if (id < 1) {
      throw new IllegalArgumentException("data key ids are positive, this one is " + id);
    }
    return id;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof KeySet that)
        || primary != that.primary
        || !dataKeys.keySet().equals(that.dataKeys.keySet())) {
      return false;
    }
    boolean same = MessageDigest.isEqual(idKey, that.idKey);
    for (Integer id : dataKeys.keySet()) {
      same &= MessageDigest.isEqual(dataKeys.get(id), that.dataKeys.get(id));
    }
    return same;
  }

  /** Of the ids alone: a hash of key material would leak from it. */
  @Override
  public int hashCode() {
    return 31 * dataKeys.keySet().hashCode() + primary;
  }

  @Override
  public String toString() {
    return "KeySet[data keys " + dataKeys.keySet() + ", primary " + primary + "]";
  }
}
