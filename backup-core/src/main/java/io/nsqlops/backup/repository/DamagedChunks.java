package io.nsqlops.backup.repository;

import io.nsqlops.backup.store.ObjectInfo;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chunk objects that a verification found damaged or missing. No later backup counts on them: one
 * that has the same rows stores them again under another name, which mends the older backups too.
 * The object's name is all there is to a record.
 */
public final class DamagedChunks {
  private final Repository repository;

  public DamagedChunks(Repository repository) {
    this.repository = repository;
  }

  /**
   * Records that an object is not what it should be; idempotent.
   *
   * @param key of the object; those that are no chunks are left alone
   */
  public void record(String key) {
    nameOf(key).ifPresent(n -> repository.write(RepositoryLayout.DAMAGED + n, new byte[0]));
  }

  private static Optional<String> nameOf(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return key.startsWith(RepositoryLayout.CHUNKS) && ChunkTable.isName(name)
        ? Optional.of(name)
        : Optional.empty();
  }

  /** Names of all recorded objects. */
  ChunkTable names() {
    ChunkTable names = new ChunkTable();
    try (Stream<ObjectInfo> listed = repository.list(RepositoryLayout.DAMAGED)) {
      listed
          .map(o -> o.key().substring(RepositoryLayout.DAMAGED.length()))
          .filter(ChunkTable::isName)
          .forEach(names::add);
    }
    return names;
  }
}
