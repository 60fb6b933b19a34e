package io.nsqlops.cli.command;

import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.output.Result;

/**
 * The whole story on embedded servers. Found by {@link java.util.ServiceLoader}, because the
 * servers it needs are no part of an installation.
 */
public interface Demo {

  /** Plays it, telling what happens on the context's stderr; interrupted, it leaves nothing. */
  Result play(Context context) throws Exception;
}
