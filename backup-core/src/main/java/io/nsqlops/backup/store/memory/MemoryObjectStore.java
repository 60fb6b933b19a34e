package io.nsqlops.backup.store.memory;

import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectKeys;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.StoreCapabilities;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Objects in a sorted map. */
public final class MemoryObjectStore implements ObjectStore {
  private final ConcurrentSkipListMap<String, Entry> objects = new ConcurrentSkipListMap<>();
  private final StoreCapabilities capabilities;
  private final Clock clock;

  /** A store with conditional puts. */
  public MemoryObjectStore() {
    this(new StoreCapabilities(true), Clock.systemUTC());
  }

  /**
   * A store as weak or strong as the caller likes.
   *
   * @param clock dates the objects
   */
  public MemoryObjectStore(StoreCapabilities capabilities, Clock clock) {
    this.capabilities = capabilities;
    this.clock = clock;
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    Entry entry = new Entry(content, clock.instant());
    if (capabilities.conditionalPut()) {
      return objects.putIfAbsent(ObjectKeys.check(key), entry) == null;
    }
    if (objects.containsKey(ObjectKeys.check(key))) {
      return false;
    }
    objects.put(key, entry);
    return true;
  }

  @Override
  public void put(String key, byte[] content) {
    objects.put(ObjectKeys.check(key), new Entry(content, clock.instant()));
  }

  @Override
  public Optional<byte[]> get(String key) {
    return Optional.ofNullable(objects.get(ObjectKeys.check(key))).map(e -> e.content.clone());
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return Optional.ofNullable(objects.get(ObjectKeys.check(key))).map(e -> e.info(key));
  }

  @Override
  public Stream<ObjectInfo> list(String prefix) {
    ObjectKeys.checkPrefix(prefix);
    return objects.tailMap(prefix).entrySet().stream()
        .takeWhile(e -> e.getKey().startsWith(prefix))
        .map((Map.Entry<String, Entry> e) -> e.getValue().info(e.getKey()));
  }

  @Override
  public void delete(String key) {
    objects.remove(ObjectKeys.check(key));
  }

  @Override
  public StoreCapabilities probe() {
    return capabilities;
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public void close() {}

  private static final class Entry {
    private final byte[] content;
    private final Instant modified;

    Entry(byte[] content, Instant modified) {
      this.content = content.clone();
      this.modified = modified;
    }

    ObjectInfo info(String key) {
      return new ObjectInfo(key, content.length, modified);
    }
  }
}
