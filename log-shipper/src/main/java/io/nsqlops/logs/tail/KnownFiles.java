package io.nsqlops.logs.tail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every generation known, found by its identity or by the path it is written under. */
final class KnownFiles {
  private final List<TrackedFile> files = new ArrayList<>();
  private final Map<Long, TrackedFile> byGeneration = new HashMap<>();

  /** The generations that have, had or will have a path; as of the last index. */
  private final Map<Path, List<TrackedFile>> byLivePath = new HashMap<>();

  List<TrackedFile> all() {
    return Collections.unmodifiableList(files);
  }

  /** The generations with this live path. */
  List<TrackedFile> related(Path livePath) {
    return byLivePath.getOrDefault(livePath, List.of());
  }

  Optional<TrackedFile> byGeneration(long generation) {
    return Optional.ofNullable(byGeneration.get(generation));
  }

  /** Adds a generation; to be found by its identity if it has one. */
  void add(TrackedFile file) {
    files.add(file);
    indexed(file);
    if (file.isIdentified()) {
      byGeneration.put(file.generation(), file);
    }
  }

  /** Reserves an identity for a file; false if it is another's. */
  boolean claim(long generation, TrackedFile file) {
    return byGeneration.putIfAbsent(generation, file) == null;
  }

  void forget(Collection<TrackedFile> forgotten) {
    files.removeAll(forgotten);
    forgotten.forEach(file -> byGeneration.remove(file.generation(), file));
    index();
  }

  /** Takes in the paths files have by now. */
  void index() {
    byLivePath.clear();
    files.forEach(this::indexed);
  }

  private void indexed(TrackedFile file) {
    byLivePath.computeIfAbsent(file.livePath(), p -> new ArrayList<>(1)).add(file);
  }
}
