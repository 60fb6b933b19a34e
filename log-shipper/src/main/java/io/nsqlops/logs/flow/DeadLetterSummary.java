package io.nsqlops.logs.flow;

import io.nsqlops.logs.sink.DeadLetter;
import io.nsqlops.logs.sink.KeptLetters.Kept;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Counts dead letters by data stream and by why they were refused. Pure. */
public final class DeadLetterSummary {
  /** More kinds of reasons than this nobody reads; the rest is one group. */
  private static final int MOST_GROUPS = 1000;

  private static final Pattern STREAM = Pattern.compile("\"_index\"\\s*:\\s*\"([^\"]*)\"");

  /** What differs from document to document in the reasons of Elasticsearch. */
  private static final Pattern PARTICULAR = Pattern.compile("'[^']*'|\\d+");

  private final Map<Key, Group> groups = new LinkedHashMap<>();
  private long letters;
  private long bytes;

  private record Key(String stream, int status, String type, String reason) {}

  /**
   * Letters of one data stream, refused for reasons that differ in names and numbers only.
   *
   * @param first when the oldest of them was kept, null if no letter tells
   * @param last when the youngest was kept
   * @param example one of them
   */
  public record Group(
      String stream,
      int status,
      String type,
      long count,
      @Nullable Instant first,
      @Nullable Instant last,
      DeadLetter example) {
    private Group plus(@Nullable Instant time) {
      boolean older = time != null && (first == null || time.isBefore(first));
      boolean younger = time != null && (last == null || time.isAfter(last));
      return new Group(
          stream, status, type, count + 1, older ? time : first, younger ? time : last, example);
    }
  }

  /** Counts a letter. */
  public void add(Kept kept) {
    letters++;
    bytes += kept.size();
    DeadLetter letter = kept.letter();
    Matcher stream = STREAM.matcher(letter.action());
    String name = stream.find() ? stream.group(1) : "";
    String kind = PARTICULAR.matcher(letter.reason()).replaceAll("…");
    Key key = new Key(name, letter.status(), letter.type(), kind);
    if (groups.size() >= MOST_GROUPS && !groups.containsKey(key)) {
      key = new Key("(others)", 0, "", "");
    }
    Group none = new Group(key.stream(), key.status(), key.type(), 0, null, null, letter);
    groups.merge(key, none.plus(kept.keptAt()), (group, one) -> group.plus(kept.keptAt()));
  }

  /** The groups, the largest first. */
  public List<Group> groups() {
    return groups.values().stream()
        .sorted(Comparator.comparingLong(Group::count).reversed())
        .toList();
  }

  public long letters() {
    return letters;
  }

  /** Bytes of the letters. */
  public long bytes() {
    return bytes;
  }
}
