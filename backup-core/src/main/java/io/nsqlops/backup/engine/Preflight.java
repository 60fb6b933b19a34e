package io.nsqlops.backup.engine;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a target says before anything is written to it.
 *
 * @param problems why a restore would fail or lose something: one sentence each, with the remedy
 * @param notes what will be slower or otherwise than usual, though complete
 */
public record Preflight(List<String> problems, List<String> notes) {
  public Preflight {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** Both. */
  public Preflight and(Preflight other) {
    return new Preflight(both(problems, other.problems), both(notes, other.notes));
  }

  private static List<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
