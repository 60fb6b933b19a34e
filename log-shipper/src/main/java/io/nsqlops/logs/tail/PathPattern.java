package io.nsqlops.logs.tail;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * An absolute path with wildcards in its segments; {@code **} stands for any number of directories,
 * at the end for every file below them.
 *
 * <p>As in a shell, wildcards do not match a dot a name begins with: what editors and programs hide
 * is no log, unless a pattern names the dot.
 *
 * <p>The last segment also finds the rotated files of what it matches: a pattern for {@code *.log}
 * finds {@code 0.log.20260102-030405.gz}.
 */
public final class PathPattern {
  private static final int MAX_DEPTH = 16;
  private static final String ANY_DEPTH = "**";

  /** A character that is in no pattern, and a letter of file names in every locale. */
  private static final char NO_DOT = '\1';

  private final String text;
  private final Path base;
  private final List<String> directories;
  private final Predicate<String> name;

  private PathPattern(String text, Path base, List<String> directories, Predicate<String> name) {
    this.text = text;
    this.base = base;
    this.directories = directories;
    this.name = name;
  }

  /**
   * The pattern written as this text.
   *
   * @throws IllegalArgumentException if this is not an absolute path or not a pattern
   */
  public static PathPattern of(String text) {
    if (!text.startsWith("/") || text.endsWith("/")) {
      throw new IllegalArgumentException("not an absolute path of files: " + text);
    }
    List<String> segments = List.of(text.substring(1).split("/+"));
    int wild = 0;
    while (wild < segments.size() - 1 && !isWild(segments.get(wild))) {
      wild++;
    }
    Path base = Path.of("/" + String.join("/", segments.subList(0, wild)));
    String last = segments.get(segments.size() - 1);
    boolean all = last.equals(ANY_DEPTH);
    List<String> directories = segments.subList(wild, all ? segments.size() : segments.size() - 1);
    directories.stream().filter(d -> !d.equals(ANY_DEPTH)).forEach(PathPattern::matcher);
    return new PathPattern(text, base, directories, matcher(all ? "*" : last));
  }

  private static boolean isWild(String segment) {
    return segment.chars().anyMatch(c -> "*?[{\\".indexOf(c) >= 0);
  }

  private static Predicate<String> matcher(String segment) {
    if (!isWild(segment)) {
      return segment::equals;
    }
    PathMatcher matcher = glob(segment);
    return candidate ->
        matcher.matches(Path.of(candidate))
            && !(isHidden(candidate) && matchesAnyFirst(matcher, candidate));
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".");
  }

  /** Whether a wildcard matches the dot in front, or nothing in front of it, as it must not. */
  private static boolean matchesAnyFirst(PathMatcher matcher, String hidden) {
    return matcher.matches(Path.of(NO_DOT + hidden.substring(1)))
        || matcher.matches(Path.of(NO_DOT + hidden));
  }

  /**
   * The matcher of a glob.
   *
   * @throws IllegalArgumentException if it is none, naming it
   */
  static PathMatcher glob(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is no pattern: '" + glob + "': " + e.getDescription(), e);
    }
  }

  /** Whether a file of this name is meant, as it is or as the rotated form of what is meant. */
  boolean matches(String fileName, RotationName rotation) {
    return name.test(fileName) || name.test(rotation.live());
  }

  /** Whether the last segment is a name, not a pattern. */
  boolean namesOneFile() {
    return !isWild(text.substring(text.lastIndexOf('/') + 1));
  }

  /**
   * Every existing directory the files may be in.
   *
   * @param skipped those that are not to be looked into
   */
  List<Path> directories(Listing listing, Predicate<Path> skipped) {
    Walk walk = new Walk(listing, skipped, new ArrayList<>());
    walk(base, 0, 0, walk);
    return walk.found;
  }

  private record Walk(Listing listing, Predicate<Path> skipped, List<Path> found) {}

  private void walk(Path directory, int segment, int depth, Walk walk) {
    if (walk.skipped.test(directory)) {
      return;
    }
    if (segment == directories.size()) {
      walk.found.add(directory);
      return;
    }
    String wanted = directories.get(segment);
    boolean any = wanted.equals(ANY_DEPTH);
    if (any) {
      walk(directory, segment + 1, depth, walk);
    }
    if (depth == MAX_DEPTH) {
      return;
    }
    if (!any && !isWild(wanted)) {
      Path next = directory.resolve(wanted);
      if (walk.listing.isDirectory(next)) {
        walk(next, segment + 1, depth + 1, walk);
      }
      return;
    }
    Predicate<String> matcher = any ? name -> !isHidden(name) : matcher(wanted);
    for (Path entry : walk.listing.of(directory)) {
      // Links are not followed below **: they may lead back up.
      if (matcher.test(fileName(entry))
          && walk.listing.isDirectory(entry)
          && !(any && Files.isSymbolicLink(entry))) {
        walk(entry, any ? segment : segment + 1, depth + 1, walk);
      }
    }
  }

  static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
