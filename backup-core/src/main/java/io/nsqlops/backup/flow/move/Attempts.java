package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.read.Statement;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The statements of one script that are tried again when others have succeeded. Settings are made
 * anew each time.
 */
final class Attempts implements StatementFilter {
  private static final Set<String> SETTINGS = Set.of("SET", "USE");

  /** By their places in the script: several may stand in one line. */
  private final Set<Long> done = new HashSet<>();

  private long place;
  private final List<OpsException> failures = new ArrayList<>();

  /** Another try begins. */
  void again() {
    place = 0;
    failures.clear();
  }

  List<OpsException> failures() {
    return List.copyOf(failures);
  }

  int succeeded() {
    return done.size();
  }

  @Override
  public List<String> before(Statement statement, String verb) {
    place++;
    return List.of();
  }

  @Override
  public boolean wants(Statement statement, String verb) {
    return !PartFilter.LOCKING.contains(verb) && !done.contains(place);
  }

  @Override
  public void ran(Statement statement, String verb) {
    if (!SETTINGS.contains(verb)) {
      done.add(place);
    }
  }

  @Override
  public boolean forgives(OpsException e) {
    return e.kind() == ErrorKind.USAGE && failures.add(e);
  }

  @Override
  public void end(Path path) {}
}
