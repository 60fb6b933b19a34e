package io.nsqlops.cli.output;

import io.nsqlops.logs.flow.DeadLetterSummary;
import io.nsqlops.logs.flow.DeadLetterSummary.Group;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Dead letters of the log shipper, for people and programs. */
public final class DeadLettersView {
  private static final int EXCERPT = 200;

  private DeadLettersView() {}

  /**
   * What there is.
   *
   * @param unreadable entries that are no letters
   */
  public static Result list(DeadLetterSummary summary, long unreadable) {
    ObjectNode json =
        JsonMapper.shared()
            .createObjectNode()
            .put("letters", summary.letters())
            .put("bytes", summary.bytes())
            .put("unreadable", unreadable);
    ArrayNode array = json.putArray("groups");
    TextTable table =
        new TextTable("DATA STREAM", ">STATUS", "KIND", ">LETTERS", "OLDEST", "YOUNGEST");
    List<String> examples = new ArrayList<>();
    for (Group group : summary.groups()) {
      array
          .addObject()
          .put("dataStream", group.stream())
          .put("status", group.status())
          .put("type", group.type())
          .put("count", group.count())
          .put("oldest", group.first() == null ? null : group.first().toString())
          .put("youngest", group.last() == null ? null : group.last().toString())
          .put("reason", group.example().reason())
          .put("original", group.example().original());
      table.row(
          group.stream(),
          String.valueOf(group.status()),
          group.type(),
          Units.count(group.count()),
          time(group.first()),
          time(group.last()));
      examples.add("");
      examples.add(group.stream() + ", " + group.type() + ", for example");
      examples.add("  why   " + excerpt(group.example().reason()));
      examples.add("  line  " + excerpt(group.example().original()));
    }
    List<String> text = new ArrayList<>();
    if (summary.letters() == 0) {
      text.add("no dead letters");
    } else {
      text.addAll(table.lines());
      text.addAll(examples);
    }
    if (unreadable > 0) {
      text.add(Units.count(unreadable, "line") + " cannot be read as a letter");
    }
    return Result.of(json, text);
  }

  /** What became of a replay. */
  public static Result replayed(long accepted, long refused, long unreadable) {
    List<String> text = new ArrayList<>();
    text.add("sent       " + Units.count(accepted + refused));
    text.add("accepted   " + Units.count(accepted));
    text.add("refused    " + Units.count(refused));
    if (unreadable > 0) {
      text.add("unreadable " + Units.count(unreadable));
    }
    return Result.of(
        JsonMapper.shared()
            .createObjectNode()
            .put("accepted", accepted)
            .put("refused", refused)
            .put("unreadable", unreadable),
        text);
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? "" : Units.time(instant);
  }

  /** One line of text, whatever was in it. */
  private static String excerpt(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > EXCERPT ? line.substring(0, EXCERPT) + "…" : line;
  }
}
