package io.nsqlops.cli.command;

import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.output.Result;

/** A command whose arguments have been parsed. */
public interface Command {

  /**
   * Does it.
   *
   * @throws io.nsqlops.backup.error.OpsException if there is no result
   */
  Result run(Context context) throws Exception;
}
