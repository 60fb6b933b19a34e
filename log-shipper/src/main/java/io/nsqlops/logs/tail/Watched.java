package io.nsqlops.logs.tail;

import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * What one source watches: patterns of files, without those that match an exclusion.
 *
 * @param uniqueLines whether lines carry times so fine that no two files begin with the same line,
 *     as container logs do: then content alone identifies a file, even after it was compressed and
 *     every checkpoint was lost
 */
public record Watched(List<PathPattern> include, List<PathMatcher> exclude, boolean uniqueLines) {
  /** Names so unlike each other that only a pattern for every name takes all of them. */
  private static final List<String> ANY = List.of("x", ".d", "0.y~z");

  public Watched {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /**
   * Makes one from patterns as they are written.
   *
   * @param exclude globs of whole paths
   * @throws IllegalArgumentException if one of them is no pattern
   */
  public static Watched of(List<String> include, List<String> exclude, boolean uniqueLines) {
    return new Watched(
        include.stream().map(PathPattern::of).toList(),
        exclude.stream().map(PathPattern::glob).toList(),
        uniqueLines);
  }

  /** Whether no file of this directory is meant, whatever its name. */
  boolean excludesAllOf(Path directory) {
    return excludes(directory) || ANY.stream().allMatch(n -> excludes(directory.resolve(n)));
  }

  boolean excludes(Path path) {
    return exclude.stream().anyMatch(matcher -> matcher.matches(path));
  }
}
