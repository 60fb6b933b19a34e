package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.SourceConfig;
import io.nsqlops.logs.parse.LineFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once for a source that the times of its format carry no zone and that none is configured: a
 * wrong guess puts every event hours away from those of other components.
 */
final class ZoneNotice {
  private static final Logger log = LoggerFactory.getLogger(ZoneNotice.class);

  private final SourceConfig source;
  private boolean told;

  ZoneNotice(SourceConfig source) {
    this.source = source;
  }

  /** Events of this format are shipped. */
  void format(LineFormat format) {
    if (!told && !source.isZoned() && format.timesLackZone()) {
      told = true;
      log.warn(
          "the times in {} ({}) carry no zone and are read as {}: set time-zone of this source",
          source.paths(),
          format.name(),
          source.timeZone());
    }
  }
}
