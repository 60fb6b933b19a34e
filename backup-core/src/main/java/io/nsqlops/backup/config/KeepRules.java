package io.nsqlops.backup.config;

import java.util.ArrayList;
import java.util.List;

/** How many backups a prune keeps, by age. Zero: the rule keeps nothing. */
public record KeepRules(int last, int hourly, int daily, int weekly, int monthly, int yearly) {

  public KeepRules {
    if (last < 0 || hourly < 0 || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0) {
      throw new IllegalArgumentException("must not be negative");
    }
    if (last + hourly + daily + weekly + monthly + yearly == 0) {
      throw new IllegalArgumentException("must keep something: every rule is 0");
    }
  }

  /** The rules as flags of {@code nsql-ops prune}. */
  public List<String> asFlags() {
    List<String> flags = new ArrayList<>();
    addFlag(flags, "--keep-last", last);
    addFlag(flags, "--keep-hourly", hourly);
    addFlag(flags, "--keep-daily", daily);
    addFlag(flags, "--keep-weekly", weekly);
    addFlag(flags, "--keep-monthly", monthly);
    addFlag(flags, "--keep-yearly", yearly);
    return flags;
  }

  private static void addFlag(List<String> flags, String flag, int count) {
    if (count > 0) {
      flags.add(flag + "=" + count);
    }
  }
}
