package io.nsqlops.logs.sink.elasticsearch;

import com.intel.gkl.compression.IntelDeflater;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The quickest deflate at hand. ISA-L, from Intel's Genomics Kernel Library, takes a fifth of
 * zlib's time and makes smaller bodies; it is used where a trial shows that it works.
 */
final class QuickDeflate {
  /** {@code jdk} keeps to the JDK's zlib. */
  private static final String PROPERTY = "nsqlops.deflate";

  private static final boolean NATIVE = works();

  private QuickDeflate() {}

  /**
   * A deflater without zlib's header. It takes its input in one piece that begins at 0, and gives
   * its output in one piece that begins at 0: the native one can do no more.
   */
  static Deflater create() {
    return NATIVE ? new IntelDeflater(1, true) : zlib();
  }

  /** The JDK's. */
  static Deflater zlib() {
    return new Deflater(Deflater.BEST_SPEED, true);
  }

  static boolean isNative() {
    return NATIVE;
  }

  private static boolean works() {
    if (System.getProperty(PROPERTY, "native").equals("jdk") || !isMadeForThisMachine()) {
      return false;
    }
    try {
      return new IntelDeflater(1, true).load(null) && isTrue(new IntelDeflater(1, true));
    } catch (RuntimeException | LinkageError | DataFormatException e) {
      return false; // zlib does it, too
    }
  }

  private static boolean isMadeForThisMachine() {
    if (!System.getProperty("os.name", "").equals("Linux")
        || !System.getProperty("os.arch", "").equals("amd64")) {
      return false;
    }
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.startsWith("flags") && line.contains(" avx2 "));
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }

  /** Whether what it compresses is read by zlib as what it was. */
  private static boolean isTrue(Deflater deflater) throws DataFormatException {
    byte[] text =
        "{\"create\":{}}\n{\"message\":\"trial\"}\n".repeat(100).getBytes(StandardCharsets.UTF_8);
    byte[] deflated = new byte[text.length];
    deflater.reset();
    deflater.setInput(text, 0, text.length);
    deflater.finish();
    int size = deflater.deflate(deflated, 0, deflated.length);
    boolean finished = deflater.finished();
    deflater.end();
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated, 0, size);
      byte[] back = new byte[text.length + 1];
      return finished
          && inflater.inflate(back) == text.length
          && inflater.finished()
          && Arrays.equals(back, 0, text.length, text, 0, text.length);
    } finally {
      inflater.end();
    }
  }
}
