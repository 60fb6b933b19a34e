package io.nsqlops.backup.repository;

import io.nsqlops.backup.store.ObjectInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chunk objects that no backup that begins now may count on: those on a garbage list, which a prune
 * may delete at any moment, and those known to be damaged. It stores such a chunk once more, under
 * the next free name.
 */
final class CondemnedChunks {
  static final CondemnedChunks NONE = new CondemnedChunks(List.of(), new ChunkTable());

  private final List<GarbageList> lists;

  private final ChunkTable damaged;

  private CondemnedChunks(List<GarbageList> lists, ChunkTable damaged) {
    this.lists = List.copyOf(lists);
    this.damaged = damaged;
  }

  /** All that are condemned now. A list that vanishes meanwhile was worked off. */
  static CondemnedChunks read(Repository repository) {
    List<String> keys;
    try (Stream<ObjectInfo> listed = repository.list(RepositoryLayout.GARBAGE)) {
      keys = listed.map(ObjectInfo::key).toList();
    }
    List<GarbageList> lists = new ArrayList<>();
    for (String key : keys) {
      Optional<GarbageList> list = GarbageList.read(repository, key);
      list.ifPresent(lists::add);
    }
    return new CondemnedChunks(lists, new DamagedChunks(repository).names());
  }

  /** The keys of the lists. */
  List<String> lists() {
    return lists.stream().map(GarbageList::key).toList();
  }

  /** Whether any object of this chunk is condemned. */
  boolean touches(String id) {
    return damaged.contains(id) || lists.stream().anyMatch(list -> list.chunks().contains(id));
  }

  /** The name under which a chunk is safe. */
  String safeName(String id) {
    int highest = damaged.highest(id);
    for (GarbageList list : lists) {
      highest = Math.max(highest, list.chunks().highest(id));
    }
    return highest < 0 ? id : id + "." + (highest + 1);
  }
}
