package io.nsqlops.logs.flow;

import io.nsqlops.logs.join.PendingText;

/** What one stream of one file is waiting for: the rest of a line, or further lines of an event. */
record FileStream(PendingText partial, PendingText event) {
  FileStream() {
    this(new PendingText(), new PendingText());
  }
}
