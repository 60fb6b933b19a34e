package io.nsqlops.logs.parse.plain;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Tag;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.LocalClock;
import java.time.ZoneId;

/** Text taken as it is: the message, with the time and the level it begins with, if it does. */
public final class PlainText implements LineFormat {
  private final MultilineRule rule;
  private final PlainHeading heading;
  private final LocalClock clock;
  private final boolean guessing;

  /**
   * @param zone of times that carry none
   * @param guessing whether such times are taken: a container runtime knows the time without a
   *     guess
   */
  public PlainText(MultilineRule rule, ZoneId zone, boolean guessing) {
    this.rule = rule;
    this.clock = new LocalClock(zone);
    this.heading = new PlainHeading(clock);
    this.guessing = guessing;
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
      second = guessing ? clock.utcSecond(second) : -1;
    }
    if (second >= 0) {
      if (heading.isAmbiguous()) {
        document.tag(Tag.ZONE_ASSUMED);
      }
      document.timestamp(second, Instants.nanos(heading.time()));
    }
  }
}
