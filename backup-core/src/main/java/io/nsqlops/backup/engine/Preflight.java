package io.nsqlops.backup.engine;

import java.util.List;

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
}
