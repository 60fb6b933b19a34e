package io.nsqlops.logs.parse.slow;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.parse.Decimals;
import io.nsqlops.logs.parse.slow.SlowEntry.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the keys of an entry: those that are known to fields of their own, the others to one. */
public final class SlowFields {
  private static final byte[] LINE_FEED = {'\n'};
  private static final long NANOS = 1_000_000_000;

  private final Map<String, SlowField> known;
  private final EcsField others;
  private final SlowEntry entry;

  /**
   * @param others takes the keys that have no field
   */
  public SlowFields(Map<String, SlowField> known, EcsField others) {
    this(known, others, Set.of());
  }

  /**
   * @param others takes the keys that have no field
   * @param tables keys of many lines, each a row; they have no field
   */
  public SlowFields(Map<String, SlowField> known, EcsField others, Set<String> tables) {
    this.known = Map.copyOf(known);
    this.others = others;
    this.entry = new SlowEntry(this::isFree, tables);
  }

  private boolean isFree(String key) {
    SlowField field = known.get(key);
    return field != null && field.kind() == SlowField.Kind.TEXT;
  }

  /** Reads an entry. */
  public SlowEntry read(byte[] s, int from, int to) {
    entry.read(s, from, to);
    return entry;
  }

  /**
   * Writes what was read last, and how long the statement took.
   *
   * @param except keys that are not written
   */
  public void write(byte[] s, Set<String> except, EcsDocument document) {
    document.text(EcsField.EVENT_KIND, "event");
    document.text(EcsField.EVENT_CATEGORY, "database");
    List<Map.Entry<String, Span>> rest = new ArrayList<>();
    // Two names of different versions stand for the same field: JSON must not repeat it.
    Set<String> written = new HashSet<>();
    for (Map.Entry<String, Span> pair : entry.values().entrySet()) {
      SlowField field = known.get(pair.getKey());
      if (field != null && written.add(field.field().name())) {
        value(field, s, pair.getValue(), document);
      } else if (field != null || !except.contains(pair.getKey())) {
        rest.add(pair);
      }
    }
    duration(s, document);
    rest(s, rest, document);
  }

  /** Writes the database that a {@code use} in front of the statement names, unless a key did. */
  public void database(EcsField field, String key, byte[] s, EcsDocument document) {
    Span database = entry.database();
    if (database != null && !entry.values().containsKey(key)) {
      document.text(field, s, database.from(), database.to());
    }
  }

  /**
   * Writes the statement as the message, behind what stands on the lines of keys and is none.
   *
   * @param from where the statement begins
   * @return whether there was such
   */
  public boolean statement(byte[] s, int from, EcsDocument document) {
    document.openText(EcsField.MESSAGE);
    boolean first = true;
    for (Span leftover : entry.leftovers()) {
      document.appendText(LINE_FEED, 0, first ? 0 : 1);
      document.appendText(s, leftover.from(), leftover.to());
      first = false;
    }
    document.appendText(LINE_FEED, 0, first || from == entry.sqlTo() ? 0 : 1);
    document.appendText(s, from, entry.sqlTo());
    document.closeText();
    return !entry.leftovers().isEmpty();
  }

  private static void value(SlowField field, byte[] s, Span value, EcsDocument document) {
    int from = value.from();
    int to = value.to();
    if (field.kind() == SlowField.Kind.NUMBER && Decimals.isJsonNumber(s, from, to)) {
      document.rawNumber(field.field(), s, from, to);
    } else if (field.kind() == SlowField.Kind.FLAG
        && (value.is("true", s) || value.is("false", s))) {
      document.flag(field.field(), s[from] == 't');
    } else {
      document.text(field.field(), s, from, to);
    }
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

  private void rest(byte[] s, List<Map.Entry<String, Span>> rest, EcsDocument document) {
    if (rest.isEmpty()) {
      return;
    }
    document.openObject(others);
    for (Map.Entry<String, Span> pair : rest) {
      byte[] key = pair.getKey().getBytes(StandardCharsets.US_ASCII);
      document.openKey();
      document.appendText(key, 0, key.length);
      document.openValue();
      document.raw('"');
      document.appendText(s, pair.getValue().from(), pair.getValue().to());
      for (Span row : entry.rows(pair.getKey())) {
        document.appendText(LINE_FEED, 0, 1);
        document.appendText(s, row.from(), row.to());
      }
      document.raw('"');
    }
    document.closeObject();
  }
}
