package io.nsqlops.backup.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A store each of whose calls passes a gate, which may hold it up or refuse it. */
public final class GatedObjectStore implements ObjectStore {
  /** Decides about calls; asked by whichever thread makes them, several at a time. */
  public interface Gate {
    /** Before a call does its work; it does not if this throws. */
    void enter(String call, String key);

    /** After it did its work; the caller does not hear of it if this throws. */
    default void leave(String call, String key) {}
  }

  private final ObjectStore inner;
  private final Gate gate;
  private final boolean wholeBatches;

  /** The deletions of a batch pass one by one. */
  public GatedObjectStore(ObjectStore inner, Gate gate) {
    this(inner, gate, false);
  }

  /**
   * @param wholeBatches whether a batch of deletions is one call
   */
  public GatedObjectStore(ObjectStore inner, Gate gate, boolean wholeBatches) {
    this.inner = inner;
    this.gate = gate;
    this.wholeBatches = wholeBatches;
  }

  private <T> T pass(String call, String key, Supplier<T> work) {
    gate.enter(call, key);
    T result = work.get();
    gate.leave(call, key);
    return result;
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    return pass("create", key, () -> inner.putIfAbsent(key, content));
  }

  @Override
  public void put(String key, byte[] content) {
    pass(
        "put",
        key,
        () -> {
          inner.put(key, content);
          return true;
        });
  }

  @Override
  public Optional<byte[]> get(String key) {
    return pass("get", key, () -> inner.get(key));
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return pass("head", key, () -> inner.head(key));
  }

  /** The whole listing at once: the gate cannot come between two pages. */
  @Override
  public Stream<ObjectInfo> list(String prefix) {
    return pass(
        "list",
        prefix,
        () -> {
          try (Stream<ObjectInfo> listed = inner.list(prefix)) {
            List<ObjectInfo> all = listed.toList();
            return all.stream();
          }
        });
  }

  @Override
  public void delete(String key) {
    pass(
        "delete",
        key,
        () -> {
          inner.delete(key);
          return true;
        });
  }

  @Override
  public Set<String> deleteAll(List<String> keys) {
    if (!wholeBatches) {
      keys.forEach(this::delete);
      return Set.of();
    }
    return pass("delete", keys.isEmpty() ? "" : keys.get(0), () -> inner.deleteAll(keys));
  }

  @Override
  public StoreCapabilities probe() {
    return inner.probe();
  }

  @Override
  public String location() {
    return inner.location();
  }

  @Override
  public void close() {}
}
