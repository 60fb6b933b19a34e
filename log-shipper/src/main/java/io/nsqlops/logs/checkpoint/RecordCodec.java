package io.nsqlops.logs.checkpoint;

import io.nsqlops.logs.model.ByteRange;
import io.nsqlops.logs.model.FileKey;
import io.nsqlops.logs.model.FileRecord;
import io.nsqlops.logs.model.Prefix;
import io.nsqlops.logs.model.Suffix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * File records as bytes. A record of a later version is not understood and counts as unreadable.
 */
final class RecordCodec {
  private static final int VERSION = 1;

  private RecordCodec() {}

  static byte[] encode(FileRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(record.generation());
      text(out, record.path());
      out.writeLong(record.key().device());
      out.writeLong(record.key().inode());
      out.writeLong(record.key().birth());
      out.writeInt(record.prefix().length());
      out.writeLong(record.prefix().hash());
      out.writeLong(record.watermark());
      out.writeInt(record.islands().size());
      for (ByteRange island : record.islands()) {
        out.writeLong(island.from());
        out.writeLong(island.to());
      }
      out.writeInt(record.cuts().size());
      for (long cut : record.cuts()) {
        out.writeLong(cut);
      }
      out.writeBoolean(record.finished());
      text(out, record.format());
      out.writeLong(record.formatFrom());
      out.writeBoolean(record.missed());
      out.writeInt(record.suffix().length());
      out.writeLong(record.suffix().hash());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /** The record in these bytes, empty if this version cannot read it. */
  static Optional<FileRecord> decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      long generation = in.readLong();
      String path = text(in);
      FileKey key = new FileKey(in.readLong(), in.readLong(), in.readLong());
      Prefix prefix = new Prefix(in.readInt(), in.readLong());
      long watermark = in.readLong();
      List<ByteRange> islands = new ArrayList<>();
      for (int n = in.readInt(); n > 0; n--) {
        islands.add(new ByteRange(in.readLong(), in.readLong()));
      }
      List<Long> cuts = new ArrayList<>();
      for (int n = in.readInt(); n > 0; n--) {
        cuts.add(in.readLong());
      }
      boolean finished = in.readBoolean();
      return Optional.of(
          new FileRecord(
              generation,
              path,
              key,
              prefix,
              watermark,
              islands,
              cuts,
              finished,
              text(in),
              in.readLong(),
              // Records of earlier programs end here, or behind the next.
              in.available() > 0 && in.readBoolean(),
              in.available() > 0 ? new Suffix(in.readInt(), in.readLong()) : Suffix.NONE));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Paths may be longer than {@code writeUTF} takes. */
  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
