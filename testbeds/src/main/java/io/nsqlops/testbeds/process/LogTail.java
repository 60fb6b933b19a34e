package io.nsqlops.testbeds.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, for error messages. */
final class LogTail {
  private static final int LINES = 30;

  private LogTail() {}

  static String of(Path file) {
    try {
      // Logs are not always UTF-8; Latin-1 reads any byte.
      List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
      List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
      return "--- end of " + file + "\n" + String.join("\n", last);
    } catch (IOException e) {
      return "--- " + file + " cannot be read: " + e.getMessage();
    }
  }
}
