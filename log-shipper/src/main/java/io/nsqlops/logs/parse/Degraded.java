package io.nsqlops.logs.parse;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.Tag;

/** What becomes of text no format understands: the text itself, marked. */
public final class Degraded {
  private Degraded() {}

  /** Takes back what was written and writes the whole text as the message. */
  public static void whole(byte[] text, int from, int to, EcsDocument document) {
    document.rollback();
    document.text(EcsField.MESSAGE, text, from, to);
    document.tag(Tag.UNPARSED);
  }
}
