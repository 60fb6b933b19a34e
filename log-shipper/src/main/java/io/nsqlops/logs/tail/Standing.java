package io.nsqlops.logs.tail;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Paths something is wrong with, look after look: each is told once, as long as it stays so. */
final class Standing {
  private final Set<Path> told = new HashSet<>();
  private Set<Path> before = new HashSet<>();
  private Set<Path> now = new HashSet<>();

  /** A new look at everything begins. */
  void begin() {
    before = now;
    now = new HashSet<>();
  }

  /** The look is over: what is well again is told again when something is wrong with it again. */
  void end() {
    told.retainAll(now);
  }

  /** How many there were in this look. */
  int count() {
    return now.size();
  }

  /** Something is wrong with this one. */
  void add(Path path) {
    now.add(path);
  }

  /** Whether that was so in the look before, too. */
  boolean wasThere(Path path) {
    return before.contains(path);
  }

  /** Whether it is to be told of one that was added; it is then. */
  boolean tell(Path path) {
    return told.add(path);
  }
}
