package io.nsqlops.backup.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A flat space of write-once objects under one prefix. Keys are relative to that prefix, made of
 * {@code [A-Za-z0-9._-]} segments joined by {@code /}.
 *
 * <p>All methods are thread-safe and report failures as {@link
 * io.nsqlops.backup.error.OpsException}: TRANSIENT for what may work later (network, time-out,
 * throttling, full disk), USAGE for what needs a change (credentials, rights, no such bucket),
 * COMMIT_UNKNOWN only from {@link #putIfAbsent} when it cannot be told whether the object was
 * written. A reader sees a whole object or none.
 */
public interface ObjectStore extends AutoCloseable {

  /**
   * Writes an object unless its key is taken. Atomic where {@link
   * StoreCapabilities#conditionalPut()} holds: of two concurrent callers at most one gets {@code
   * true}. Durable on return.
   *
   * @return true if this call created the object, false if the key existed (content untouched)
   */
  boolean putIfAbsent(String key, byte[] content);

  /** Writes or replaces an object. Atomic for readers, durable on return, idempotent. */
  void put(String key, byte[] content);

  /** The whole content, or empty if there is no such object. */
  Optional<byte[]> get(String key);

  /** Size and time of an object, or empty if there is none. Cheaper than {@link #get}. */
  Optional<ObjectInfo> head(String key);

  /** All objects whose key starts with {@code prefix}, in key order, read lazily page by page. */
  Stream<ObjectInfo> list(String prefix);

  /**
   * Removes an object: readers do not find it any more, though a store that keeps versions may hold
   * it yet. Idempotent: no error if there is none. Durable on return.
   */
  void delete(String key);

  /**
   * Removes many objects, with few requests where the store can, and so that their space is free.
   *
   * @return keys of objects that stay, because the store itself protects them for some time yet
   */
  default Set<String> deleteAll(List<String> keys) {
    keys.forEach(this::delete);
    return Set.of();
  }

  /**
   * Until when the store itself protects an object from {@link #deleteAll}; {@link Instant#MAX} if
   * there is no end to it, empty if it does not, or if there is no such object.
   */
  default Optional<Instant> protectedUntil(String key) {
    return Optional.empty();
  }

  /**
   * Finds out what this store can do by trying it with a throw-away object. Leaves nothing behind.
   */
  StoreCapabilities probe();

  /** Where this is, for messages: never with credentials. */
  String location();

  /** Where this is, as it is to be given to commands: with all parameters. */
  default String address() {
    return location();
  }

  @Override
  void close();
}
