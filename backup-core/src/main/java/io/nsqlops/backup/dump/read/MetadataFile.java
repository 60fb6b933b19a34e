package io.nsqlops.backup.dump.read;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code metadata}: the lines of Dumpling and of mydumper up to 0.14, or the sections of
 * later ones.
 */
record MetadataFile(String text) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Pattern FINISHED =
      Pattern.compile("(?m)^#?\\s*Finished dump at: (\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)");

  /** Both tools write this line last, and no other sign that a dump is whole. */
  boolean isFinished() {
    return text.contains("Finished dump at:");
  }

  boolean hasSections() {
    return Pattern.compile("(?m)^\\[").matcher(text).find();
  }

  Optional<Instant> finished() {
    Matcher matcher = FINISHED.matcher(text);
    try {
      return matcher.find()
          ? Optional.of(LocalDateTime.parse(matcher.group(1), TIME).toInstant(ZoneOffset.UTC))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The position of the server that was dumped, not of one it replicates from. */
  String position() {
    String own = own();
    String log = value(own, "(?:Log:|File\\s*=)");
    String pos = value(own, "(?:Pos:|Position\\s*=)");
    String gtid = value(own, "(?:GTID:|Executed_Gtid_Set\\s*=|executed_gtid_set\\s*=)");
    if (log.equals("tidb-binlog")) {
      return "tso:" + pos;
    }
    if (!gtid.isEmpty()) {
      return "gtid:" + gtid;
    }
    return log.isEmpty() || pos.isEmpty() ? "" : "binlog:" + log + ":" + pos;
  }

  private String own() {
    Matcher begin =
        Pattern.compile("(?m)^(?:SHOW (?:MASTER|BINARY LOG) STATUS:|\\[(?:master|source)\\])")
            .matcher(text);
    if (!begin.find()) {
      return "";
    }
    String rest = text.substring(begin.end());
    Matcher end = Pattern.compile("(?m)^(?:SHOW |\\[|Finished )").matcher(rest);
    return end.find() ? rest.substring(0, end.start()) : rest;
  }

  /** What mydumper 0.14 and later say that they wrote of each table. */
  List<ToldRows> rows() {
    List<ToldRows> told = new ArrayList<>();
    Matcher sections =
        Pattern.compile("(?m)^\\[`?([^`\\]]+)`?\\.`?([^`\\]]+)`?\\]$([^\\[]*)").matcher(text);
    while (sections.find()) {
      String rows = value(sections.group(3), "rows\\s*=");
      String table = value(sections.group(3), "real_table_name\\s*=");
      if (rows.matches("\\d{1,18}") && !table.isEmpty()) {
        told.add(
            new ToldRows(sections.group(1), sections.group(2), utf8(table), Long.parseLong(rows)));
      }
    }
    return told;
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String value(String lines, String name) {
    Matcher matcher = Pattern.compile("(?mi)^\\s*#?\\s*" + name + "[ \\t]*(.*)$").matcher(lines);
    return matcher.find() ? matcher.group(1).strip().replaceAll("^['\"]|['\"]$", "") : "";
  }
}
