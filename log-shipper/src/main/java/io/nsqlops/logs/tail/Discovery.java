package io.nsqlops.logs.tail;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for files: everything the sources' patterns match, and the rotated files beside it.
 *
 * <p>Symbolic links are resolved and a file found twice counts once, for the source named first.
 */
public final class Discovery {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);

  private final List<Watched> sources;

  public Discovery(List<Watched> sources) {
    this.sources = List.copyOf(sources);
  }

  Watched source(int number) {
    return sources.get(number);
  }

  /** One look at everything, oldest files first. */
  List<FoundFile> scan() {
    Map<Path, FoundFile> found = new HashMap<>();
    for (int source = 0; source < sources.size(); source++) {
      new SourceScan(sources.get(source), source, found).run();
    }
    List<FoundFile> files = new ArrayList<>(found.values());
    files.sort(
        Comparator.comparingLong((FoundFile f) -> f.stat().modified())
            .thenComparing(FoundFile::path));
    return files;
  }

  private record SourceScan(
      Watched watched, int source, Map<Path, FoundFile> found, Set<Path> linked) {
    SourceScan(Watched watched, int source, Map<Path, FoundFile> found) {
      this(watched, source, found, new HashSet<>());
    }

    void run() {
      for (PathPattern pattern : watched.include()) {
        for (Path directory : pattern.directories()) {
          scan(directory, pattern);
        }
      }
      rotatedBesideLinked();
    }

    private void scan(Path directory, PathPattern pattern) {
      Path real;
      try {
        real = directory.toRealPath();
      } catch (IOException e) {
        log.debug("cannot resolve {}: {}", directory, e.toString());
        return;
      }
      for (Path entry : PathPattern.entries(real)) {
        String name = PathPattern.fileName(entry);
        if (pattern.matches(name, RotationName.of(name))
            && !watched.excludes(directory.resolve(name))) {
          add(entry);
        }
      }
    }

    /** A link names only the live file; its rotated files are beside the target. */
    private void rotatedBesideLinked() {
      Map<Path, Set<String>> namesByDirectory = new HashMap<>();
      for (Path file : linked) {
        Path directory = file.getParent();
        if (directory != null) {
          namesByDirectory
              .computeIfAbsent(directory, d -> new HashSet<>())
              .add(PathPattern.fileName(file));
        }
      }
      namesByDirectory.forEach(
          (directory, names) -> {
            for (Path entry : PathPattern.entries(directory)) {
              RotationName rotation = RotationName.of(PathPattern.fileName(entry));
              if (rotation.rotated() && names.contains(rotation.live())) {
                add(entry);
              }
            }
          });
    }

    private void add(Path entry) {
      try {
        FileStat stat = FileStat.of(entry, LinkOption.NOFOLLOW_LINKS);
        Path real = entry;
        if (stat.kind() == FileStat.Kind.LINK) {
          real = entry.toRealPath();
          stat = FileStat.of(real);
          linked.add(real);
        }
        String name = PathPattern.fileName(real);
        boolean wanted =
            stat.kind() == FileStat.Kind.REGULAR
                && !RotationName.isTemporary(name)
                && !watched.excludes(real);
        if (wanted) {
          found.putIfAbsent(real, new FoundFile(real, source, RotationName.of(name), stat));
        }
      } catch (IOException e) {
        // Gone between listing and looking, or a link to nowhere.
        log.debug("cannot look at {}: {}", entry, e.toString());
      }
    }
  }
}
