package io.nsqlops.logs.parse.tidbslow;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Tag;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.slow.SlowEntry;
import io.nsqlops.logs.parse.slow.SlowEntry.Span;
import io.nsqlops.logs.parse.slow.SlowFields;
import java.util.Set;

/**
 * Entries that begin with {@code # Time:} and a time. SQL may hold empty lines and lines that look
 * like comments: only such a beginning ends the entry before it.
 */
public final class TidbSlowLog implements LineFormat {
  private static final byte[] TIME = Ascii.bytes("# Time: ");
  private static final Set<String> TIME_ONLY = Set.of("Time");
  private static final Set<String> TIME_AND_OUTCOME = Set.of("Time", "Succ");
  private static final EcsField DATABASE = new EcsField("tidb.slow.db");

  private final SlowFields fields =
      new SlowFields(TidbSlowKeys.known(), new EcsField("tidb.slow.other"));

  @Override
  public String name() {
    return "tidb-slow";
  }

  @Override
  public String dataset() {
    return "tidb.slow";
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    return time(text, from, to) == Instants.NONE ? LineRole.CONTINUES : LineRole.STARTS;
  }

  private static long time(byte[] s, int from, int to) {
    int at = from + TIME.length;
    if (at >= to || !Ascii.startsWith(s, from, to, TIME)) {
      return Instants.NONE;
    }
    int end = Ascii.lineEnd(s, at, to);
    while (end > at && s[end - 1] == ' ') {
      end--;
    }
    long time = Instants.rfc3339(s, at, end);
    return time == Instants.NONE ? firstVersions(s, at, end) : time;
  }

  /** {@code 2019-01-24-22:32:29.313255 +0800}. */
  private static long firstVersions(byte[] s, int from, int to) {
    int zone = to - 5;
    if (zone < from + 21 || s[from + 10] != '-' || s[from + 19] != '.' || s[zone - 1] != ' ') {
      return Instants.NONE;
    }
    byte[] text = new byte[to - from];
    System.arraycopy(s, from, text, 0, zone - 1 - from);
    text[10] = 'T';
    int offset = zone - 1 - from;
    System.arraycopy(s, zone, text, offset, 3);
    text[offset + 3] = ':';
    System.arraycopy(s, zone + 3, text, offset + 4, 2);
    return Instants.rfc3339(text, 0, text.length);
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    long time = time(text, from, to);
    if (time == Instants.NONE) {
      Degraded.whole(text, from, to, document);
      return;
    }
    SlowEntry entry = fields.read(text, from, to);
    document.timestamp(Instants.second(time), Instants.nanos(time));
    Span success = entry.values().get("Succ");
    boolean told = success != null && (success.is("true", text) || success.is("false", text));
    if (success != null && told) {
      document.text(EcsField.EVENT_OUTCOME, success.is("true", text) ? "success" : "failure");
    }
    fields.write(text, told ? TIME_AND_OUTCOME : TIME_ONLY, document);
    fields.database(DATABASE, "DB", text, document);
    if (fields.statement(text, entry.sqlFrom(), document)) {
      document.tag(Tag.PARSE_PARTIAL);
    }
  }
}
