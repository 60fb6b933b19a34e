package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.EventRules;

/**
 * Hands the events of one file on, each, or one for many where the source says so.
 *
 * <p>Which event stands for which depends only on the bytes of the file and on remembered cuts, so
 * that after a restart the same bytes make the same documents.
 */
final class EventGroups {
  /** A group that grows without an end would never be acknowledged. */
  static final int MOST = 10_000;

  /** Longer texts stand for themselves: one for each of many files would be too much to hold. */
  static final int LONGEST = 16 * 1024;

  private final EventWriter writer;
  private final EventRules rules;
  private final EventGroup[] groups = {new EventGroup(), new EventGroup()};

  EventGroups(EventWriter writer, EventRules rules) {
    this.writer = writer;
    this.rules = rules;
  }

  void take(Event event, long now) {
    boolean alone = event.to() - event.from() > LONGEST;
    if (rules.compact() && alone) {
      end(groups[event.stream()]);
      writer.write(event, 1);
    } else if (rules.compact()) {
      compact(event, groups[event.stream()], now);
    } else if (rules.sampling() != null && !alone) {
      sample(event, groups[event.stream()], now);
    } else {
      writer.write(event, 1);
    }
  }

  private void compact(Event event, EventGroup group, long now) {
    if (group.isRepeatedBy(event)) {
      group.add(event);
    } else {
      end(group);
      group.begin(event, now);
    }
    endIfFull(group);
  }

  /** An event that is kept stands for those before it that were not. */
  private void sample(Event event, EventGroup leftOut, long now) {
    switch (writer.writeSampled(event, leftOut)) {
      case LEFT_OUT -> {
        if (leftOut.isActive()) {
          leftOut.add(event);
        } else {
          leftOut.begin(event, now);
        }
        endIfFull(leftOut);
      }
      case STANDS_FOR_OTHERS -> leftOut.clear();
      case KEPT -> {}
    }
  }

  private void endIfFull(EventGroup group) {
    if (group.count() >= MOST) {
      end(group);
    }
  }

  private void end(EventGroup group) {
    if (group.isActive()) {
      writer.write(group.first(), group.count());
      group.clear();
    }
  }

  /** Ends all groups: their first events stand for them. */
  void end() {
    for (EventGroup group : groups) {
      end(group);
    }
  }

  /**
   * An event of this stream is passed over, as it was delivered before a restart. The group that is
   * being put together again had ended before it; what sampling leaves out goes on behind it.
   */
  void passOver(int stream) {
    if (rules.compact()) {
      end(groups[stream]);
    }
  }

  /** Whether lines that were delivered already matter. */
  boolean mindsDelivered() {
    return rules.compact();
  }

  /** Whether a group has been open since this time or longer. */
  boolean hasOlder(long before) {
    for (EventGroup group : groups) {
      if (group.isActive() && group.since() <= before) {
        return true;
      }
    }
    return false;
  }
}
