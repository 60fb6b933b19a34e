package io.nsqlops.backup.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a schedule can run: each is the command of the same name. */
public enum TaskKind {
  BACKUP,
  PRUNE,
  VERIFY;

  /** The name of the command and of the value in the configuration file. */
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static TaskKind parse(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.command().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + Arrays.stream(values())
                            .map(TaskKind::command)
                            .collect(Collectors.joining(", "))));
  }
}
