package io.nsqlops.logs.flow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/** A program's log, rotated by copying and truncating as logrotate does it, numbers shifted. */
final class TruncatedLog {
  private final Path live;
  private int rotations;

  TruncatedLog(Path live) throws IOException {
    this.live = live;
    Files.createDirectories(live.resolveSibling(""));
  }

  void append(String lines) throws IOException {
    Files.writeString(live, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * One rotation: what was copied last time is compressed and every number goes up by one; then the
   * live file is copied and emptied.
   */
  void rotate() throws IOException {
    for (int number = rotations; number >= 2; number--) {
      Files.move(name(number, ".gz"), name(number + 1, ".gz"), StandardCopyOption.ATOMIC_MOVE);
    }
    if (rotations >= 1) {
      Path plain = name(1, "");
      Path compressed = name(2, ".gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
        Files.copy(plain, out);
      }
      Files.delete(plain);
    }
    Files.copy(live, name(1, ""));
    Files.write(live, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    rotations++;
  }

  private Path name(int number, String suffix) {
    return live.resolveSibling(live.getFileName() + "." + number + suffix);
  }

  /** The lines numbered so, each unlike any other. */
  static String lines(String word, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(word).append(' ').append(i).append('\n');
    }
    return text.toString();
  }
}
