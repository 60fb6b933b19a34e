package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.model.Manifest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The file {@code metadata} of Dumpling and mydumper: when, and where the server stood. */
public final class DumpMetadata {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private DumpMetadata() {}

  /** Of the moment of the snapshot, in UTC. */
  public static String of(Manifest manifest) {
    String position = manifest.snapshot().position();
    int colon = position.indexOf(':');
    String kind = colon < 0 ? position : position.substring(0, colon);
    String value = colon < 0 ? "" : position.substring(colon + 1);
    int last = value.lastIndexOf(':');
    String log =
        switch (kind) {
          case "binlog" -> last < 0 ? value : value.substring(0, last);
          case "tso" -> "tidb-binlog";
          default -> "";
        };
    String pos =
        switch (kind) {
          case "binlog" -> value.substring(last + 1);
          case "tso" -> value;
          default -> "";
        };
    String gtid = kind.equals("gtid") ? value : "";
    return "Started dump at: "
        + time(manifest.snapshot().time())
        + "\nSHOW MASTER STATUS:\n\tLog: "
        + log
        + "\n\tPos: "
        + pos
        + "\n\tGTID:"
        + gtid
        + "\n\nFinished dump at: "
        + time(manifest.finished())
        + "\n"
        // last, where no reader looks for anything
        + manifest.restriction().map(r -> "# " + ObjectScript.oneLine(r) + "\n").orElse("");
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
