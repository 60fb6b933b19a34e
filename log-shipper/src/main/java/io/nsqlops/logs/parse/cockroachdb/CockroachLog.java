package io.nsqlops.logs.parse.cockroachdb;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.JsonFields;
import io.nsqlops.logs.parse.JsonPayload;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.cockroachdb.CrdbHeader.Span;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** crdb-v1 and crdb-v2, times in UTC, and the JSON format in its full and its compact form. */
public final class CockroachLog implements LineFormat {
  static final EcsField TAGS = new EcsField("cockroachdb.tags");
  static final EcsField COUNTER = new EcsField("cockroachdb.counter");
  static final EcsField REDACTABLE = new EcsField("cockroachdb.redactable");
  static final EcsField EVENT = new EcsField("cockroachdb.event");
  private static final byte[] STRUCTURED = Ascii.bytes("Structured entry: ");

  private final CrdbHeader header = new CrdbHeader();

  /** The prefix an event begins with. */
  private final CrdbHeader first = new CrdbHeader();

  private final EntryText entry = new EntryText();

  @Override
  public String name() {
    return "cockroachdb";
  }

  @Override
  public String dataset() {
    return "cockroachdb.log";
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    if (CockroachJson.recognises(text, from, to)) {
      return LineRole.ALONE;
    }
    return header.read(text, from, to) && header.begins() ? LineRole.STARTS : LineRole.CONTINUES;
  }

  /** Physical lines of an entry repeat its prefix; lines without one are of the entry before. */
  @Override
  public boolean continues(byte[] event, int size, byte[] text, int from, int to) {
    return !header.read(text, from, to)
        || (first.read(event, 0, Ascii.lineEnd(event, 0, size))
            && header.isOfEntry(text, first, event));
  }

  @Override
  public boolean recognises(byte[] text, int from, int to) {
    return CockroachJson.recognises(text, from, to) || header.read(text, from, to);
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    if (CockroachJson.recognises(text, from, to)) {
      CockroachJson.parse(text, from, to, document);
      return;
    }
    Severity severity = from < to ? CrdbHeader.severity(text[from]) : null;
    int firstLine = Ascii.lineEnd(text, from, to);
    if (severity == null || !header.read(text, from, firstLine)) {
      Degraded.whole(text, from, to, document);
      return;
    }
    document.timestamp(Instants.second(header.time()), Instants.nanos(header.time()));
    document.level(severity);
    span(EcsField.THREAD_ID, text, header.goroutine(), document);
    channel(text, document);
    origin(text, header.file(), document);
    document.flag(REDACTABLE, header.isRedactable());
    long counter = Digits.number(text, header.counter().from(), header.counter().to());
    if (counter >= 0) {
      document.number(COUNTER, counter);
    }
    tags(text, header.tags(), document);
    if (header.continuation() == CrdbHeader.VERSION_1) {
      payload(text, header.payload(), to, document);
    } else {
      entry.join(text, header, from, to);
      payload(entry.bytes(), 0, entry.size(), document);
      entry.stack(document);
    }
  }

  /** The message; a structured entry is written as an event too. */
  private static void payload(byte[] s, int from, int to, EcsDocument document) {
    document.text(EcsField.MESSAGE, s, from, to);
    int json = Ascii.startsWith(s, from, to, STRUCTURED) ? from + STRUCTURED.length : from;
    Optional<ObjectNode> event = JsonPayload.object(s, json, to);
    if (event.isPresent()) {
      JsonFields fields = new JsonFields(event.get(), document);
      fields.text(EcsField.EVENT_ACTION, "EventType");
      fields.rest(EVENT);
    }
  }

  private static void span(EcsField field, byte[] s, Span span, EcsDocument document) {
    if (!span.isEmpty()) {
      document.text(field, s, span.from(), span.to());
    }
  }

  /** Before there were channels, version 1 printed none either: that is not told then. */
  private void channel(byte[] s, EcsDocument document) {
    Span number = header.channel();
    if (!number.isEmpty()) {
      Channel.write(s, number.from(), number.to(), document);
    } else if (header.continuation() != CrdbHeader.VERSION_1) {
      Channel.writeDefault(document);
    }
  }

  private static void origin(byte[] s, Span file, EcsDocument document) {
    int colon = file.to() - 1;
    while (s[colon] != ':') {
      colon--;
    }
    document.text(EcsField.ORIGIN_FILE, s, file.from(), colon);
    long line = Digits.number(s, colon + 1, file.to());
    if (line >= 0) {
      document.number(EcsField.ORIGIN_LINE, line);
    }
  }

  /** The tags as they are printed: their values may hold any character. */
  private static void tags(byte[] s, Span tags, EcsDocument document) {
    boolean none = tags.to() - tags.from() == 1 && s[tags.from()] == '-';
    if (!tags.isEmpty() && !none) {
      document.text(TAGS, s, tags.from(), tags.to());
    }
  }
}
