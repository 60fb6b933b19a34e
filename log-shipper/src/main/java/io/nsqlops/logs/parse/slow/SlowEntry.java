package io.nsqlops.logs.parse.slow;

import io.nsqlops.logs.parse.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The keys and values of an entry, and its SQL, as positions in the text. */
public final class SlowEntry {
  private static final byte[] USE = Ascii.bytes("use ");

  private final Map<String, Span> values = new LinkedHashMap<>();
  private final List<Span> leftovers = new ArrayList<>();
  private final Map<String, List<Span>> rows = new HashMap<>();
  private final Predicate<String> free;
  private final Set<String> tables;
  private @Nullable Span database;
  private int sqlFrom;
  private int sqlTo;

  /**
   * @param free whether the value of a key takes the rest of its line, whatever is in it
   * @param tables keys of many lines, each a row
   */
  SlowEntry(Predicate<String> free, Set<String> tables) {
    this.free = free;
    this.tables = tables;
  }

  /** Bytes {@code [from, to)} of the text. */
  public record Span(int from, int to) {
    /** Whether the text has this word here. */
    public boolean is(String word, byte[] s) {
      return word.equals(new String(s, from, to - from, StandardCharsets.ISO_8859_1));
    }
  }

  /** The value of each key; of a repeated key, the first. */
  public Map<String, Span> values() {
    return values;
  }

  /** The values of a key behind the first, if it is one of many lines. */
  List<Span> rows(String key) {
    return rows.getOrDefault(key, List.of());
  }

  /** Makes what stands on a line, and is exactly this, the value of a key. */
  public void claim(byte[] line, String key, byte[] s) {
    leftovers.removeIf(
        span ->
            Arrays.equals(s, span.from(), span.to(), line, 0, line.length)
                && values.putIfAbsent(key, span) == null);
  }

  /** What stands on the lines of keys and is none, or repeats one. */
  public List<Span> leftovers() {
    return leftovers;
  }

  /** The database a {@code use} in front of the statement names. */
  public @Nullable Span database() {
    return database;
  }

  public int sqlFrom() {
    return sqlFrom;
  }

  public int sqlTo() {
    return sqlTo;
  }

  /** Reads an entry: lines that begin with {@code # }, then SQL. */
  void read(byte[] s, int from, int to) {
    values.clear();
    leftovers.clear();
    rows.clear();
    int at = from;
    while (at + 1 < to && s[at] == '#' && (s[at + 1] == ' ' || s[at + 1] == '\n')) {
      int end = Ascii.lineEnd(s, at, to);
      line(s, Math.min(at + 2, end), end);
      at = Math.min(end + 1, to);
    }
    sqlFrom = at;
    sqlTo = to;
    database = null;
    int end = Ascii.lineEnd(s, at, to);
    if (Ascii.startsWith(s, at, to, USE) && end < to && s[end - 1] == ';') {
      database = new Span(at + USE.length, end - 1);
      sqlFrom = end + 1;
    }
  }

  private void line(byte[] s, int from, int to) {
    int at = from;
    while (at < to) {
      if (s[at] == ' ') {
        at++;
        continue;
      }
      int colon = keyEnd(s, at, to);
      if (colon < 0) {
        leftovers.add(new Span(at, to));
        return;
      }
      String key = new String(s, at, colon - at, StandardCharsets.US_ASCII);
      int value = Ascii.skipSpaces(s, colon + 1, to);
      // without a value, what follows is the next key
      boolean wide = tables.contains(key) || free.test(key);
      boolean empty = !wide && keyEnd(s, value, to) > 0;
      int end = wide ? to : empty ? value : valueEnd(s, value, to);
      if (values.putIfAbsent(key, new Span(value, end)) != null) {
        repeated(key, new Span(at, end), new Span(value, end));
      }
      at = end;
    }
  }

  private void repeated(String key, Span pair, Span value) {
    if (tables.contains(key)) {
      rows.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    } else {
      leftovers.add(pair);
    }
  }

  /** Position of the colon behind the key that begins here, or -1 if none does. */
  private static int keyEnd(byte[] s, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = s[i];
      if (b == ':') {
        boolean separated = i + 1 == to || s[i + 1] == ' ';
        return i > from && separated ? i : -1;
      }
      boolean part =
          (b >= 'A' && b <= 'Z')
              || (b >= 'a' && b <= 'z')
              || (b >= '0' && b <= '9')
              || b == '_'
              || b == '@';
      if (!part) {
        return -1;
      }
    }
    return -1;
  }

  /**
   * A value ends before the space in front of the next key. What is in braces is one, with keys of
   * its own inside: {@code Commit_primary_rpc_detail: {total:0.001s, region_id: 36, … }}.
   */
  private static int valueEnd(byte[] s, int from, int to) {
    int braces = bracesEnd(s, from, to);
    if (braces == to || (braces > 0 && s[braces] == ' ')) {
      return braces;
    }
    for (int i = from; i < to; i++) {
      if (s[i] == ' ' && keyEnd(s, Ascii.skipSpaces(s, i, to), to) > 0) {
        return i;
      }
    }
    return to;
  }

  /** Behind the brace that closes the one that opens here, or -1. */
  private static int bracesEnd(byte[] s, int from, int to) {
    int depth = 0;
    for (int i = from; i < to && (depth > 0 || s[from] == '{'); i++) {
      depth += s[i] == '{' ? 1 : s[i] == '}' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }
}
