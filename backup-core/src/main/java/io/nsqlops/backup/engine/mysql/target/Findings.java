package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.Preflight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found, each kind of finding told once with the objects it is about. */
final class Findings {
  private static final int MOST_NAMES = 5;

  private final Map<String, List<String>> problems = new LinkedHashMap<>();
  private final Map<String, List<String>> notes = new LinkedHashMap<>();

  /** The restore would fail. */
  void problem(String what, Object about) {
    problems.computeIfAbsent(what, w -> new ArrayList<>()).add(about.toString());
  }

  /** The restore succeeds, but what it makes is not quite what the backup holds. */
  void note(String what, Object about) {
    notes.computeIfAbsent(what, w -> new ArrayList<>()).add(about.toString());
  }

  Preflight preflight() {
    return new Preflight(lines(problems), lines(notes));
  }

  private static List<String> lines(Map<String, List<String>> findings) {
    List<String> lines = new ArrayList<>();
    findings.forEach((what, about) -> lines.add(what + ": " + names(about)));
    return lines;
  }

  private static String names(List<String> about) {
    List<String> distinct = about.stream().distinct().toList();
    String first = String.join(", ", distinct.subList(0, Math.min(MOST_NAMES, distinct.size())));
    int more = distinct.size() - MOST_NAMES;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
