package io.nsqlops.logs.flow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.GZIPOutputStream;

/** A container's log, written and rotated as runtime and kubelet do it. */
final class CriFile {
  private final Path live;
  private final Deque<Path> rotated = new ArrayDeque<>();
  private long nanos;

  CriFile(Path directory) throws IOException {
    Files.createDirectories(directory);
    live = directory.resolve("0.log");
  }

  Path path() {
    return live;
  }

  /** Appends numbered lines. */
  void write(int from, int to) throws IOException {
    write("line", from, to);
  }

  /** Appends lines of a word and a number. */
  void write(String word, int from, int to) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(envelope("stdout", "F")).append(word).append(' ').append(i).append('\n');
    }
    append(text.toString());
  }

  /** Appends numbered lines of TiDB's; every tenth is a warning. */
  void unified(int from, int to) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int seq = from; seq < to; seq++) {
      text.append(envelope("stdout", "F"))
          .append("[2026/01/02 03:04:05.678 +00:00] [")
          .append(seq % 10 == 0 ? "WARN" : "INFO")
          .append("] [session.go:1234] [\"Slow query\"] [conn=42] [seq=")
          .append(seq)
          .append("] [sql=\"select \\\"x\\\" from t where a = ?\"]\n");
    }
    append(text.toString());
  }

  /**
   * One rotation of kubelet's: compresses what the last one renamed, then renames the live file.
   */
  void rotate() throws IOException {
    if (!rotated.isEmpty() && Files.exists(rotated.getLast())) {
      compress();
    }
    rename();
  }

  void line(String content) throws IOException {
    append(envelope("stdout", "F") + content + '\n');
  }

  void piece(String stream, String flag, String content) throws IOException {
    append(envelope(stream, flag) + content + '\n');
  }

  /** Appends a line without its end. */
  void unterminated(String stream, String flag, String content) throws IOException {
    append(envelope(stream, flag) + content);
  }

  private String envelope(String stream, String flag) {
    Instant time = Instant.parse("2026-01-02T03:04:05Z").plusNanos(nanos += 1001);
    return time + " " + stream + ' ' + flag + ' ';
  }

  private void append(String text) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(live, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Renames the live file, as kubelet does first. */
  void rename() throws IOException {
    Path target = live.resolveSibling("0.log.20260102-%06d".formatted(30405 + rotated.size()));
    Files.move(live, target);
    rotated.add(target);
  }

  /** Compresses the last renamed file, as kubelet does at the next rotation. */
  void compress() throws IOException {
    Path plain = rotated.getLast();
    Path temporary = plain.resolveSibling(plain.getFileName() + ".tmp");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temporary))) {
      Files.copy(plain, out);
    }
    Files.move(
        temporary,
        plain.resolveSibling(plain.getFileName() + ".gz"),
        StandardCopyOption.ATOMIC_MOVE);
    Files.delete(plain);
  }
}
