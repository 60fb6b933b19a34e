package io.nsqlops.logs.config;

import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.FieldRedaction;
import io.nsqlops.logs.parse.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * What of a source is left out or made unreadable.
 *
 * @param minimum events below this level are left out; null for none. Events without a level stay.
 * @param redaction what is made unreadable before an event leaves the machine
 * @param fields whose values are made unreadable
 * @param sampling which events stand for others; null for none
 * @param compact whether one event stands for those that follow it and repeat it
 */
public record EventRules(
    @Nullable Severity minimum,
    Redaction redaction,
    FieldRedaction fields,
    @Nullable Sampling sampling,
    boolean compact) {
  /** Everything is shipped as it is. */
  public static EventRules none() {
    return new EventRules(null, Redaction.none(), FieldRedaction.none(), null, false);
  }

  /** Whether an event may stand for others, and so says for how many. */
  public boolean counts() {
    return compact || sampling != null;
  }
}
