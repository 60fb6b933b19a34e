package io.nsqlops.logs.sink.file;

import io.nsqlops.logs.model.JsonBytes;
import io.nsqlops.logs.model.UtcText;
import io.nsqlops.logs.sink.DeadLetter;
import io.nsqlops.logs.sink.DeadLetters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;

/**
 * Dead letters as one JSON object a line: when and why, the line as it was read, and what was sent.
 */
public final class DeadLetterFile implements DeadLetters {
  private final Path file;
  private final Clock clock;

  public DeadLetterFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public synchronized void keep(Iterable<DeadLetter> letters) {
    JsonBytes out = new JsonBytes(1024);
    letters.forEach(letter -> write(letter, out));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = channel.size();
      try {
        ByteBuffer buffer = ByteBuffer.wrap(out.array(), 0, out.size());
        for (long at = end; buffer.hasRemaining(); ) {
          at += channel.write(buffer, at);
        }
        channel.force(true);
      } catch (IOException e) {
        // No half letter stays behind for the next to be glued to.
        channel.truncate(end);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep dead letters in " + file, e);
    }
  }

  private void write(DeadLetter letter, JsonBytes out) {
    Instant now = clock.instant();
    ascii(out, "{\"@timestamp\":\"");
    UtcText.write(out, now.getEpochSecond(), now.getNano());
    ascii(out, "\",\"status\":");
    out.decimal(letter.status());
    field(out, "type", letter.type());
    field(out, "reason", letter.reason());
    field(out, "original", letter.original());
    field(out, "action", letter.action());
    field(out, "document", letter.document());
    ascii(out, "}\n");
  }

  private static void field(JsonBytes out, String name, String value) {
    ascii(out, ",\"" + name + "\":\"");
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.text(bytes, 0, bytes.length);
    out.raw('"');
  }

  private static void ascii(JsonBytes out, String text) {
    out.raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Nothing stays open between letters. */
  @Override
  public void close() {}
}
