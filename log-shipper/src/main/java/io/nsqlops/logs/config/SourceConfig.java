package io.nsqlops.logs.config;

import io.nsqlops.logs.parse.plain.MultilineRule;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files of one kind.
 *
 * @param paths globs of absolute paths
 * @param exclude globs of absolute paths left out
 * @param format name of the line format, or {@code auto}
 * @param zone zone of times the format writes without one; null for the system's
 * @param dataset dataset of the data stream, empty for the format's own
 * @param multiline which lines of plain text begin an event
 * @param labels names and values every document of these files carries
 * @param rules what is left out or made unreadable
 * @param maxRate bytes of its files read a second, 0 for as many as there are
 */
public record SourceConfig(
    List<String> paths,
    List<String> exclude,
    Envelope envelope,
    String format,
    @Nullable ZoneId zone,
    String dataset,
    MultilineRule multiline,
    Map<String, String> labels,
    EventRules rules,
    int maxRate) {
  public static final String AUTO = "auto";

  public SourceConfig {
    paths = List.copyOf(paths);
    exclude = List.copyOf(exclude);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** Whether the zone of times without one is configured, not guessed. */
  public boolean isZoned() {
    return zone != null;
  }

  /** Zone of times the format writes without one. */
  public ZoneId timeZone() {
    return zone == null ? ZoneId.systemDefault() : zone;
  }

  public boolean isDetected() {
    return format.equals(AUTO);
  }
}
