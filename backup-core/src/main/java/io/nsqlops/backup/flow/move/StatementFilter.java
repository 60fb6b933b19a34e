package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.read.Statement;
import io.nsqlops.backup.error.OpsException;
import java.nio.file.Path;
import java.util.List;

/** Decides what of a script is run. */
interface StatementFilter {

  /** Statements to run before this one, whether it is wanted or not. */
  List<String> before(Statement statement, String verb);

  boolean wants(Statement statement, String verb);

  /** It was run. */
  default void ran(Statement statement, String verb) {}

  /** Whether the script goes on although a statement was refused. */
  default boolean forgives(OpsException e) {
    return false;
  }

  /** All of the script was run. */
  void end(Path path);
}
