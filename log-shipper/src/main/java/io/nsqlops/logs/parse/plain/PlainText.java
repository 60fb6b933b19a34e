package io.nsqlops.logs.parse.plain;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.LocalClock;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Text taken as it is: the message, with the time and the level it begins with, if it does. */
public final class PlainText implements LineFormat {
  private final MultilineRule rule;
  private final PlainHeading heading = new PlainHeading();
  private final @Nullable LocalClock clock;

  /**
   * @param zone of times that carry none; null if such times are not taken: a container runtime
   *     knows the time without a guess
   */
  public PlainText(MultilineRule rule, @Nullable ZoneId zone) {
    this.rule = rule;
    this.clock = zone == null ? null : new LocalClock(zone);
  }

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public String dataset() {
    return "generic";
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    return rule.role(text, from, to);
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    heading.read(text, from, to);
    if (heading.time() != Instants.NONE) {
      time(document);
    }
    if (heading.level() != null) {
      document.level(heading.level());
    }
    document.text(EcsField.MESSAGE, text, from, to);
  }

  private void time(EcsDocument document) {
    long second = Instants.second(heading.time());
    if (heading.isLocal()) {
      second = clock == null ? -1 : clock.utcSecond(second);
    }
    if (second >= 0) {
      document.timestamp(second, Instants.nanos(heading.time()));
    }
  }
}
