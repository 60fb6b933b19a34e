package io.nsqlops.cli.options;

import io.nsqlops.backup.config.DurationText;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which backups stay. */
public final class RetentionOptions {
  @Option(names = "--keep-last", paramLabel = "N", description = "Keep the newest N.")
  int last;

  @Option(
      names = "--keep-hourly",
      paramLabel = "N",
      description = "Keep the newest of each of the last N hours that have one. All times are UTC.")
  int hourly;

  @Option(names = "--keep-daily", paramLabel = "N", description = "Likewise for N days.")
  int daily;

  @Option(
      names = "--keep-weekly",
      paramLabel = "N",
      description = "Likewise for N weeks, from Monday on.")
  int weekly;

  @Option(names = "--keep-monthly", paramLabel = "N", description = "Likewise for N months.")
  int monthly;

  @Option(names = "--keep-yearly", paramLabel = "N", description = "Likewise for N years.")
  int yearly;

  @Option(
      names = "--keep-within",
      paramLabel = "D",
      description = "Keep all that are at most D older than the newest: 14d, 36h, 1w2d.")
  @Nullable String within;

  @Option(
      names = "--keep-tag",
      paramLabel = "K=V",
      description = "Keep all with this label. May be repeated.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--keep-min",
      paramLabel = "K",
      description = "Whatever the rules say, keep the newest K; default: ${DEFAULT-VALUE}.")
  int min = 1;

  /** The policy; USAGE if there is none. */
  public RetentionPolicy policy() {
    if (last + hourly + daily + weekly + monthly + yearly == 0
        && within == null
        && tags.isEmpty()) {
      throw new OpsException(
          ErrorKind.USAGE,
          "--keep-last",
          "no rule says what to keep",
          "name at least one: --keep-last, -hourly, -daily, -weekly, -monthly, -yearly, -within or"
              + " -tag");
    }
    try {
      return new RetentionPolicy(
          last,
          hourly,
          daily,
          weekly,
          monthly,
          yearly,
          within == null ? null : duration("--keep-within", within),
          KeyValues.of("--keep-tag", tags),
          min);
    } catch (IllegalArgumentException e) {
      throw new OpsException(
          ErrorKind.USAGE,
          "--keep-…",
          String.valueOf(e.getMessage()),
          "give each rule a number of at least 0, and --keep-min at least 1",
          e);
    }
  }

  /** The duration an option names. */
  public static Duration duration(String option, String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new OpsException(
          ErrorKind.USAGE,
          option,
          option + " " + e.getMessage(),
          "for example " + option + "=36h",
          e);
    }
  }
}
