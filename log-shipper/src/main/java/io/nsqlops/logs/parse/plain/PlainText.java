package io.nsqlops.logs.parse.plain;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.LineFormat;

/** Text taken as it is: the message, under the time of its arrival or of its envelope. */
public final class PlainText implements LineFormat {
  private final MultilineRule rule;

  public PlainText(MultilineRule rule) {
    this.rule = rule;
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
    document.text(EcsField.MESSAGE, text, from, to);
  }
}
