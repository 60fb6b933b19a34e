package io.nsqlops.logs.tail;

import io.nsqlops.logs.model.FileKey;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for files: everything the sources' patterns match, and the rotated files beside it.
 *
 * <p>Symbolic links are resolved and a file found twice, by whatever names, counts once, for the
 * source named first.
 */
public final class Discovery {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);

  /** As many links as Linux follows on the way to one file. */
  private static final int MOST_LINKS = 40;

  private static final Comparator<FoundFile> BEST_NAME =
      Comparator.comparingInt(FoundFile::source)
          .thenComparing((FoundFile file) -> file.name().rotated())
          .thenComparing(FoundFile::path);

  private final List<Watched> sources;

  /** Links that lead to no file: told once, whatever mounts are missing. */
  private final Set<Path> dangling = new HashSet<>();

  private final int mostFiles;
  private int unwatched;

  private final Listing listing = new Listing();

  /** Directories and devices where a pattern names a file: told once while they are there. */
  private final Set<Path> noFiles = new HashSet<>();

  /** Files that are compressed in a way that is not read. */
  private final Standing packed = new Standing();

  /** Whether there was a look before. */
  private boolean looked;

  /**
   * Prepares to look.
   *
   * @param mostFiles how many files can be watched in the memory there is
   */
  public Discovery(List<Watched> sources, int mostFiles) {
    this.sources = List.copyOf(sources);
    this.mostFiles = mostFiles;
  }

  /** How many files the last look left out because there are too many. */
  int unwatched() {
    return unwatched;
  }

  /** Files and directories that cannot be looked at, or are not what a pattern says. */
  int unreadable() {
    return listing.closed() + noFiles.size() + packed.count();
  }

  Watched source(int number) {
    return sources.get(number);
  }

  /** One look at everything, oldest files first. */
  List<FoundFile> scan() {
    Map<Path, FoundFile> found = new HashMap<>();
    int before = unwatched;
    unwatched = 0;
    listing.begin();
    packed.begin();
    Set<PathPattern> matched = new HashSet<>();
    for (int source = 0; source < sources.size(); source++) {
      new SourceScan(sources.get(source), source, found, matched).run();
    }
    if (unwatched > 0 && before == 0) {
      log.error(
          "{} files match, of which {} can be watched with a heap of {} MiB: the others are not"
              + " shipped; name fewer, or set NSQL_OPS_HEAP",
          found.size() + unwatched,
          mostFiles,
          Runtime.getRuntime().maxMemory() >> 20);
    }
    listing.end();
    packed.end();
    dangling.removeIf(link -> !Files.isSymbolicLink(link));
    noFiles.removeIf(path -> !isNoFile(path));
    tellUnmatched(matched);
    List<FoundFile> files = withoutOtherNames(found.values());
    files.sort(
        Comparator.comparingLong((FoundFile f) -> f.stat().modified())
            .thenComparing(FoundFile::path));
    return files;
  }

  private static boolean isNoFile(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path);
  }

  /**
   * A file with several names, by hard links or because it was renamed while directories were
   * listed, counts once: for the source named first, under the name that is written to.
   */
  private static List<FoundFile> withoutOtherNames(Collection<FoundFile> found) {
    record Inode(long device, long number) {}
    Map<Inode, FoundFile> files = new HashMap<>();
    for (FoundFile file : found) {
      FileKey key = file.stat().key();
      files.merge(new Inode(key.device(), key.inode()), file, BinaryOperator.minBy(BEST_NAME));
    }
    return new ArrayList<>(files.values());
  }

  /** A path that was mistyped matches nothing for ever; one of a program to come, for a while. */
  private void tellUnmatched(Set<PathPattern> matched) {
    if (!looked) {
      sources.stream()
          .flatMap(source -> source.include().stream())
          .filter(pattern -> !matched.contains(pattern))
          .forEach(pattern -> log.warn("nothing matches {} yet", pattern));
    }
    looked = true;
  }

  private final class SourceScan {
    private final Watched watched;
    private final int source;
    private final Map<Path, FoundFile> found;
    private final Set<PathPattern> matched;

    /** Files that links lead to, and the link. */
    private final Map<Path, Path> linked = new HashMap<>();

    SourceScan(Watched watched, int source, Map<Path, FoundFile> found, Set<PathPattern> matched) {
      this.matched = matched;
      this.watched = watched;
      this.source = source;
      this.found = found;
    }

    void run() {
      for (PathPattern pattern : watched.include()) {
        for (Path directory : pattern.directories(listing, watched::excludesAllOf)) {
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
        listing.failed(directory, e);
        return;
      }
      for (Path entry : listing.of(real)) {
        String name = PathPattern.fileName(entry);
        if (pattern.matches(name, RotationName.of(name))
            && !watched.excludes(directory.resolve(name))) {
          matched.add(pattern);
          if (found.size() >= mostFiles && !found.containsKey(entry)) {
            unwatched++;
          } else {
            add(entry, null);
            tellIfNoFile(entry, pattern);
          }
        }
      }
    }

    /** A mistake where a file is named; where a wildcard matches it, it is none. */
    private void tellIfNoFile(Path entry, PathPattern pattern) {
      if (!pattern.namesOneFile() || !isNoFile(entry) || !noFiles.add(entry)) {
        return;
      }
      if (Files.isDirectory(entry)) {
        log.warn("{} is a directory: name the files in it, as in {}/*.log", entry, entry);
      } else {
        log.warn("{} is a pipe or a device, not a file: it is not shipped", entry);
      }
    }

    /** A link names only the live file; its rotated files are beside the target. */
    private void rotatedBesideLinked() {
      Set<Path> directories = new HashSet<>();
      for (Path file : linked.keySet()) {
        Path directory = file.getParent();
        if (directory != null) {
          directories.add(directory);
        }
      }
      for (Path directory : directories) {
        for (Path entry : listing.of(directory)) {
          RotationName rotation = RotationName.of(PathPattern.fileName(entry));
          Path link = rotation.rotated() ? linked.get(directory.resolve(rotation.live())) : null;
          if (link != null) {
            add(entry, link);
          }
        }
      }
    }

    private void add(Path entry, @Nullable Path linkOfLive) {
      try {
        FileStat stat = FileStat.of(entry, LinkOption.NOFOLLOW_LINKS);
        Path real = entry;
        Path link = linkOfLive;
        if (stat.kind() == FileStat.Kind.LINK) {
          real = entry.toRealPath();
          stat = FileStat.of(real);
          link = lastLink(entry);
          linked.putIfAbsent(real, link);
          dangling.remove(entry);
        }
        String name = PathPattern.fileName(real);
        boolean wanted =
            stat.kind() == FileStat.Kind.REGULAR
                && !RotationName.isTemporary(name)
                && !watched.excludes(real);
        RotationName rotation = RotationName.of(name);
        if (wanted && !rotation.compression().isReadable()) {
          leaveOut(real, rotation.compression());
        } else if (wanted) {
          found.putIfAbsent(real, new FoundFile(real, source, rotation, stat, link));
        }
      } catch (IOException e) {
        boolean link = Files.isSymbolicLink(entry);
        if (e instanceof AccessDeniedException) {
          listing.failed(link ? entry : entry.resolveSibling(""), e);
        } else if (link && dangling.add(entry)) {
          log.warn("{} is a link that leads to no file: {}", entry, e.toString());
        }
        // Or gone between listing and looking.
        log.debug("cannot look at {}: {}", entry, e.toString());
      }
    }

    private void leaveOut(Path file, Compression compression) {
      packed.add(file);
      if (packed.tell(file)) {
        log.warn("{} {}", file, new UnreadableCompression(compression).getMessage());
      }
    }

    /** The link that leads to the file itself, behind those that lead to links. */
    private Path lastLink(Path entry) throws IOException {
      Path last = entry;
      for (int i = 0; i < MOST_LINKS; i++) {
        Path target = last.resolveSibling(Files.readSymbolicLink(last)).normalize();
        if (!Files.isSymbolicLink(target)) {
          break;
        }
        last = target;
      }
      return last;
    }
  }
}
