package io.nsqlops.backup.dump;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How a file is compressed, told by the end of its name. */
public enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst");

  private static final int BUFFER = 1 << 16;
  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** With its dot; empty for files that are not compressed. */
  public String suffix() {
    return suffix;
  }

  /** What the name says; empty for forms that are not read here. */
  public static Optional<Compression> of(String fileName) {
    for (Compression compression : new Compression[] {GZIP, ZSTD}) {
      if (fileName.endsWith(compression.suffix)) {
        return Optional.of(compression);
      }
    }
    boolean other = fileName.matches(".*\\.(snappy|lz4|bz2|xz|zip)");
    return other ? Optional.empty() : Optional.of(NONE);
  }

  /** Compresses what is written. */
  public OutputStream compress(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> new GZIPOutputStream(out, BUFFER);
      case ZSTD -> new ZstdOutputStream(out, 3).setChecksum(true);
    };
  }

  /** Decompresses what is read. */
  public InputStream decompress(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(in, BUFFER);
      case ZSTD -> new ZstdInputStream(in);
    };
  }
}
