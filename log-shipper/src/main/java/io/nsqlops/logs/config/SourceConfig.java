package io.nsqlops.logs.config;

import io.nsqlops.logs.parse.plain.MultilineRule;
import java.time.ZoneId;
import java.util.List;

/**
 * Files of one kind.
 *
 * @param paths globs of absolute paths
 * @param exclude globs of absolute paths left out
 * @param format name of the line format, or {@code auto}
 * @param timeZone zone of times the format writes without one
 * @param dataset dataset of the data stream, empty for the format's own
 * @param multiline which lines of plain text begin an event
 * @param rules what is left out or made unreadable
 * @param maxRate bytes of its files read a second, 0 for as many as there are
 */
public record SourceConfig(
    List<String> paths,
    List<String> exclude,
    Envelope envelope,
    String format,
    ZoneId timeZone,
    String dataset,
    MultilineRule multiline,
    EventRules rules,
    int maxRate) {
  public static final String AUTO = "auto";

  public SourceConfig {
    paths = List.copyOf(paths);
    exclude = List.copyOf(exclude);
  }

  public boolean isDetected() {
    return format.equals(AUTO);
  }
}
