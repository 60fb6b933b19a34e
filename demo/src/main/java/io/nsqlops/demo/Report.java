package io.nsqlops.demo;

import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What it all came to: figures, seconds of each act, and what was proven. */
final class Report {
  private record Line(String label, String text) {}

  private final ObjectNode json = JsonMapper.shared().createObjectNode();
  private final List<Line> lines = new ArrayList<>();
  private final List<String> proofs = new ArrayList<>();

  /** What a backup came to. */
  void backup(long rows, long bytes, long storedBytes) {
    double ratio = (double) bytes / Math.max(1, storedBytes);
    json.put("rows", rows).put("bytes", bytes).put("storedBytes", storedBytes);
    line("rows", Units.count(rows));
    line(
        "bytes",
        "%s as text, %s stored (compressed %.1f : 1, encrypted)"
            .formatted(Units.bytes(bytes), Units.bytes(storedBytes), ratio));
  }

  void seconds(String act, Duration took) {
    json.withObject("/seconds").put(act, took.toMillis() / 1000.0);
    line(act, String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0));
  }

  /**
   * Another figure.
   *
   * @param name in JSON
   * @param label in text
   */
  void figure(String name, String label, long value, String text) {
    json.put(name, value);
    line(label, text);
  }

  void proven(String what) {
    proofs.add(what);
  }

  private void line(String label, String text) {
    lines.add(new Line(label, text));
  }

  Result result() {
    ArrayNode proven = json.putArray("proven");
    proofs.forEach(proven::add);
    List<String> text = new ArrayList<>();
    text.add("");
    lines.forEach(l -> text.add(String.format("%-18s %s", l.label(), l.text())));
    proofs.forEach(p -> text.add("proven             " + p));
    return Result.of(json, text);
  }
}
