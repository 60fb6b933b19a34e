package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.read.Statement;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** For the scripts of a dump in a directory. */
final class PartFilter implements StatementFilter {
  /** Nobody else is on a scratch server, and a locked table may need a sequence that is not. */
  static final Set<String> LOCKING = Set.of("LOCK", "UNLOCK");

  @Override
  public List<String> before(Statement statement, String verb) {
    return List.of();
  }

  @Override
  public boolean wants(Statement statement, String verb) {
    return !LOCKING.contains(verb);
  }

  @Override
  public void end(Path path) {}
}
