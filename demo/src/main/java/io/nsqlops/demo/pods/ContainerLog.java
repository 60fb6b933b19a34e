package io.nsqlops.demo.pods;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.GZIPOutputStream;

/**
 * The log of a TiDB container as the runtime writes it (CRI lines, long ones in pieces) and as the
 * kubelet rotates it: renamed, compressed a little later.
 */
public final class ContainerLog {
  /** One of so many lines is a slow query. */
  private static final int SLOW_EVERY = 100;

  /** One of so many lines is written in two pieces. */
  private static final int PIECES_EVERY = 250;

  private static final DateTimeFormatter UNIFIED =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS xxx").withZone(ZoneOffset.UTC);

  private final Path live;
  private Instant time = Instant.parse("2026-01-02T03:04:05Z");
  private int lines;
  private int slow;

  /**
   * @param pod folder {@code NAMESPACE_POD_UID/CONTAINER}; created
   */
  public ContainerLog(Path pod) throws IOException {
    live = Files.createDirectories(pod).resolve("0.log");
  }

  /** Events written so far. */
  public int lines() {
    return lines;
  }

  /** Slow queries among them. */
  public int slow() {
    return slow;
  }

  /** Appends events. */
  public void write(int count) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      append(text);
    }
    try (OutputStream out =
        Files.newOutputStream(live, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void append(StringBuilder text) {
    lines++;
    time = time.plusMillis(7);
    String line = line();
    if (lines % PIECES_EVERY == 0) {
      int half = line.length() / 2;
      envelope(text, 'P').append(line, 0, half).append('\n');
      envelope(text, 'F').append(line, half, line.length()).append('\n');
    } else {
      envelope(text, 'F').append(line).append('\n');
    }
  }

  private StringBuilder envelope(StringBuilder text, char completeness) {
    return text.append(time).append(" stdout ").append(completeness).append(' ');
  }

  private String line() {
    String head = "[" + UNIFIED.format(time) + "] ";
    if (lines % SLOW_EVERY == 0) {
      slow++;
      return head
          + "[WARN] [session.go:1234] [\"Slow query\"] [duration=1.5s] [conn="
          + lines % 40
          + "] [sql=\"select \\\"\u20ac\\\" from orders where customer_id = ?\"]";
    }
    return head + "[INFO] [server.go:391] [\"new connection\"] [conn=" + lines % 40 + "]";
  }

  /** The kubelet renames the file; the runtime begins a new one at its next line. */
  public Path rename() throws IOException {
    return Files.move(live, live.resolveSibling("0.log.20260102-030500"));
  }

  /** The kubelet compresses what it renamed. */
  public void compress(Path renamed) throws IOException {
    Path temporary = renamed.resolveSibling(renamed.getFileName() + ".tmp");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temporary))) {
      Files.copy(renamed, out);
    }
    Path done = renamed.resolveSibling(renamed.getFileName() + ".gz");
    Files.move(temporary, done, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(renamed);
  }
}
