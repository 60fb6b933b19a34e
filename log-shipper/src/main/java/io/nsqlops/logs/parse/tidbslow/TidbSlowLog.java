package io.nsqlops.logs.parse.tidbslow;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Tag;
import io.nsqlops.logs.parse.Decimals;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.tidbslow.SlowEntry.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Entries that begin with {@code # Time:} and a time. SQL may hold empty lines and lines that look
 * like comments: only such a beginning ends the entry before it.
 */
public final class TidbSlowLog implements LineFormat {
  private static final byte[] TIME = "# Time: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] USE = "use ".getBytes(StandardCharsets.US_ASCII);
  private static final EcsField OTHER = new EcsField("tidb.slow.other");
  private static final EcsField DATABASE = new EcsField("tidb.slow.db");
  private static final byte[] LINE_FEED = {'\n'};
  private static final long NANOS = 1_000_000_000;

  private final SlowEntry entry = new SlowEntry();

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
    if (at >= to || !startsWith(s, from, to, TIME)) {
      return Instants.NONE;
    }
    int end = at;
    while (end < to && s[end] != '\n') {
      end++;
    }
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
    entry.read(text, from, to);
    document.timestamp(Instants.second(time), Instants.nanos(time));
    constant(EcsField.EVENT_KIND, "event", document);
    constant(EcsField.EVENT_CATEGORY, "database", document);
    List<Map.Entry<String, Span>> others = new ArrayList<>();
    // Two names of different versions stand for the same field: JSON must not repeat it.
    Set<String> written = new HashSet<>();
    for (Map.Entry<String, Span> pair : entry.values().entrySet()) {
      SlowField field = SlowField.of(pair.getKey());
      Span value = pair.getValue();
      if (field != null && written.add(field.field().name())) {
        value(field, text, value, document);
      } else if (field != null || !isSpecial(pair.getKey(), text, value, document)) {
        others.add(pair);
      }
    }
    duration(text, document);
    others(text, others, document);
    sql(text, document);
  }

  private static void value(SlowField field, byte[] s, Span value, EcsDocument document) {
    int from = value.from();
    int to = value.to();
    if (field.kind() == SlowField.Kind.NUMBER && Decimals.isJsonNumber(s, from, to)) {
      document.rawNumber(field.field(), s, from, to);
    } else if (field.kind() == SlowField.Kind.FLAG
        && (is("true", s, value) || is("false", s, value))) {
      document.flag(field.field(), s[from] == 't');
    } else {
      document.text(field.field(), s, from, to);
    }
  }

  private static boolean isSpecial(String key, byte[] s, Span value, EcsDocument document) {
    if (key.equals("Succ") && (is("true", s, value) || is("false", s, value))) {
      constant(EcsField.EVENT_OUTCOME, is("false", s, value) ? "failure" : "success", document);
      return true;
    }
    return key.equals("Time");
  }

  private static boolean is(String word, byte[] s, Span value) {
    return word.equals(
        new String(s, value.from(), value.to() - value.from(), StandardCharsets.ISO_8859_1));
  }

  private void duration(byte[] s, EcsDocument document) {
    Span seconds = entry.values().get("Query_time");
    if (seconds != null && Decimals.isJsonNumber(s, seconds.from(), seconds.to())) {
      String number =
          new String(s, seconds.from(), seconds.to() - seconds.from(), StandardCharsets.US_ASCII);
      double nanos = Double.parseDouble(number) * NANOS;
      if (nanos >= 0 && nanos < Long.MAX_VALUE) {
        document.number(EcsField.EVENT_DURATION, Math.round(nanos));
      }
    }
  }

  private static void others(byte[] s, List<Map.Entry<String, Span>> others, EcsDocument document) {
    if (others.isEmpty()) {
      return;
    }
    document.openObject(OTHER);
    for (Map.Entry<String, Span> pair : others) {
      byte[] key = pair.getKey().getBytes(StandardCharsets.US_ASCII);
      document.openKey();
      document.appendText(key, 0, key.length);
      document.openValue();
      document.raw('"');
      document.appendText(s, pair.getValue().from(), pair.getValue().to());
      document.raw('"');
    }
    document.closeObject();
  }

  /** The statement; a {@code use} before it names the database. */
  private void sql(byte[] s, EcsDocument document) {
    int from = entry.sqlFrom();
    int to = entry.sqlTo();
    if (startsWith(s, from, to, USE)) {
      int end = from;
      while (end < to && s[end] != '\n') {
        end++;
      }
      boolean statementFollows = end < to && s[end - 1] == ';';
      if (statementFollows) {
        if (!entry.values().containsKey("DB")) {
          document.text(DATABASE, s, from + USE.length, end - 1);
        }
        from = end + 1;
      }
    }
    document.openText(EcsField.MESSAGE);
    for (Span leftover : entry.leftovers()) {
      document.appendText(s, leftover.from(), leftover.to());
      document.appendText(LINE_FEED, 0, 1);
      document.tag(Tag.PARSE_PARTIAL);
    }
    document.appendText(s, from, to);
    document.closeText();
  }

  private static boolean startsWith(byte[] s, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && java.util.Arrays.equals(s, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private static void constant(EcsField field, String value, EcsDocument document) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    document.text(field, bytes, 0, bytes.length);
  }
}
