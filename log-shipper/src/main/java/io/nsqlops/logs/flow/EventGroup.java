package io.nsqlops.logs.flow;

import io.nsqlops.logs.join.PendingText;
import io.nsqlops.logs.join.Repetition;

/**
 * Events of one stream of one file of which the first stands for all. What they cover is
 * acknowledged together: so a restart reads all of them again, or none.
 */
final class EventGroup {
  private final Event first = new Event();
  private final PendingText text = new PendingText();
  private long count;
  private long since;

  boolean isActive() {
    return text.isActive();
  }

  long count() {
    return count;
  }

  /** When the first was taken in. */
  long since() {
    return since;
  }

  /** The first event, covering all. */
  Event first() {
    return first;
  }

  void begin(Event event, long now) {
    text.begin(event.time());
    text.append(event.text(), event.from(), event.to(), now);
    since = now;
    count = 0;
    add(event);
    first.of(event.format(), event.stream(), event.time(), event.tag());
    first.text(text.bytes(), 0, text.size());
    first.covering(text);
  }

  /** Takes in one more, of which only what it covers is kept. */
  void add(Event event) {
    event.cover(text);
    count++;
  }

  /** Whether the event says the same as the first, numbers aside. */
  boolean isRepeatedBy(Event event) {
    return isActive()
        && first.format() == event.format()
        && first.tag() == event.tag()
        && Repetition.isOf(
            first.text(), first.from(), first.to(), event.text(), event.from(), event.to());
  }

  void clear() {
    text.clear();
    count = 0;
  }
}
