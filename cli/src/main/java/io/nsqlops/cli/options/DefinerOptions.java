package io.nsqlops.cli.options;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Definer;
import io.nsqlops.backup.plan.DefinerPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Whom restored views and programs run as. */
public final class DefinerOptions {
  private enum Policy {
    KEEP,
    STRIP
  }

  @Option(
      names = "--definers",
      paramLabel = "keep|strip",
      description =
          "Definers of views, triggers, routines and events: as they were, or the account that"
              + " restores; default: keep.")
  private Policy policy = Policy.KEEP;

  @Option(
      names = "--definer-map",
      paramLabel = "A@H=B@H2",
      description = "Definer A@H becomes B@H2, whatever --definers says. May be repeated.")
  private List<String> map = new ArrayList<>();

  /** What was chosen. */
  public DefinerPolicy policy() {
    Map<Definer, Definer> pairs = new HashMap<>();
    for (String pair : map) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw new OpsException(
            ErrorKind.USAGE,
            "--definer-map",
            "'" + pair + "' names no two accounts",
            "write --definer-map 'old@%=new@localhost'");
      }
      Definer from = Definer.parse(pair.substring(0, equals));
      Definer to = Definer.parse(pair.substring(equals + 1));
      Definer other = pairs.put(from, to);
      if (other != null && !other.equals(to)) {
        throw new OpsException(
            ErrorKind.USAGE,
            "--definer-map " + pair,
            "%s is to become both %s and %s".formatted(from, other, to),
            "leave one of them out");
      }
    }
    return new DefinerPolicy(policy == Policy.STRIP, pairs);
  }
}
