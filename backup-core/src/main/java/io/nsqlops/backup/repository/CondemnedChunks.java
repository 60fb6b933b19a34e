package io.nsqlops.backup.repository;

import io.nsqlops.backup.store.ObjectInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chunk objects that stand on a garbage list: a prune may delete them at any moment, so no backup
 * that begins now may count on them. It stores such a chunk once more, under the next free name.
 */
final class CondemnedChunks {
  static final CondemnedChunks NONE = new CondemnedChunks(List.of());

  private final List<GarbageList> lists;

  private CondemnedChunks(List<GarbageList> lists) {
    this.lists = List.copyOf(lists);
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
    return lists.isEmpty() ? NONE : new CondemnedChunks(lists);
  }

  /** The keys of the lists. */
  List<String> lists() {
    return lists.stream().map(GarbageList::key).toList();
  }

  /** Whether any object of this chunk is condemned. */
  boolean touches(String id) {
    return lists.stream().anyMatch(list -> list.chunks().contains(id));
  }

  /** The name under which a chunk is safe. */
  String safeName(String id) {
    int highest = lists.stream().mapToInt(list -> list.chunks().highest(id)).max().orElse(-1);
    return highest < 0 ? id : id + "." + (highest + 1);
  }
}
