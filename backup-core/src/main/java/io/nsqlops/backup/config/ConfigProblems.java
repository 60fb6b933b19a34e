package io.nsqlops.backup.config;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.ArrayList;
import java.util.List;

/** Gathers problems, so that the user hears of all of them at once. */
public final class ConfigProblems {
  private final List<ConfigProblem> problems = new ArrayList<>();

  /** Adds a problem, unless something about the same place is known already. */
  public void add(String path, String message) {
    if (problems.stream().noneMatch(known -> covers(known.path(), path))) {
      problems.add(new ConfigProblem(path, message));
    }
  }

  /**
   * Whether a problem reported at {@code known} already tells the reader to look at {@code path}.
   */
  private static boolean covers(String known, String path) {
    return !known.isEmpty()
        && (path.equals(known) || path.startsWith(known + ".") || path.startsWith(known + "["));
  }

  public List<ConfigProblem> list() {
    return List.copyOf(problems);
  }

  /**
   * Ends the reading of a wrong configuration.
   *
   * @param file name of the file, for the message
   * @throws OpsException of kind USAGE that lists every problem, if there is any
   */
  public void throwIfAny(String file) {
    if (problems.isEmpty()) {
      return;
    }
    String count = problems.size() == 1 ? "one problem" : problems.size() + " problems";
    throw OpsException.listing(
        ErrorKind.USAGE,
        file,
        count + " in the configuration file " + file + ":",
        problems.stream().map(ConfigProblem::toString).toList(),
        "correct the listed paths; the keys and their types are in nsql-ops.schema.json");
  }
}
