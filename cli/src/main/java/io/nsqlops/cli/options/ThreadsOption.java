package io.nsqlops.cli.options;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many workers. */
public final class ThreadsOption {
  private static final int MOST = 64;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Workers at once; default: as many as processors, 2 to 4.")
  @Nullable Integer threads;

  /** The number given, or one that fits this machine. */
  public int count() {
    if (threads == null) {
      return Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
    }
    if (threads < 1 || threads > MOST) {
      throw new OpsException(
          ErrorKind.USAGE,
          "--threads",
          threads + " is not a possible number of workers",
          "choose 1 to " + MOST);
    }
    return threads;
  }
}
