package io.nsqlops.logs.tail;

import io.nsqlops.logs.model.FileKey;
import io.nsqlops.logs.model.Prefix;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Derives the identity of a generation, so that shipping the same file again after all checkpoints
 * were lost makes the same document ids.
 */
final class Generations {
  private static final int FIRST_LINE = 1024;

  private final String host;

  Generations(String host) {
    this.host = host;
  }

  /**
   * @param head the first bytes of the file: with its first line, as far as there is one
   * @param uniqueLines see {@link Watched#uniqueLines}
   * @param salt told apart by this, if the identity is already another file's, or may have been
   */
  long identity(FileKey key, Path livePath, byte[] head, boolean uniqueLines, long salt) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(livePath.toString());
      out.writeLong(salt);
      if (!uniqueLines) {
        out.writeUTF(host);
        out.writeLong(key.device());
        out.writeLong(key.inode());
        out.writeLong(key.birth());
      }
      int limit = Math.min(head.length, FIRST_LINE);
      int newline = LineReader.newline(head, 0, limit);
      out.write(head, 0, newline < 0 ? limit : newline);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return Prefix.hash(bytes.toByteArray(), bytes.size());
  }
}
