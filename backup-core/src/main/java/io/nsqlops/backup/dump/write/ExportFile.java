package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.FileProblems;
import io.nsqlops.backup.model.RawText;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** One file being written, by one thread. Nobody sees it under its name before it is whole. */
public final class ExportFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ExportDirectory directory;
  private final Path file;
  private final FileOutputStream disk;
  private final OutputStream out;
  private boolean closed;

  private ExportFile(
      ExportDirectory directory, Path file, FileOutputStream disk, OutputStream out) {
    this.directory = directory;
    this.file = file;
    this.disk = disk;
    this.out = out;
  }

  static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + ExportDirectory.UNFINISHED);
  }

  static ExportFile open(
      ExportDirectory directory, Path file, Compression compression, boolean confidential) {
    Path temporary = temporary(file);
    try {
      if (confidential) {
        Files.createFile(
            temporary,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      FileOutputStream disk = new FileOutputStream(temporary.toFile());
      OutputStream out = compression.compress(new BufferedOutputStream(disk, BUFFER));
      return new ExportFile(directory, file, disk, new BufferedOutputStream(out, BUFFER));
    } catch (IOException e) {
      throw FileProblems.writing(file, e);
    }
  }

  public void write(byte[] bytes, int length) {
    try {
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new ClosedByInterruptException();
      }
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw FileProblems.writing(file, e);
    }
  }

  /** In UTF-8. */
  public void write(String text) {
    write(RawText.ofUtf8(text));
  }

  public void write(RawText text) {
    write(text.bytes(), text.length());
  }

  /** The file is whole: from here on it has its name. */
  public void finish() {
    try {
      out.flush();
      closed = true;
      closeOut();
      directory.finish(temporary(file), file);
    } catch (IOException e) {
      throw FileProblems.writing(file, e);
    }
  }

  /** Makes the content durable before the descriptor goes: a full disk may tell only then. */
  private void closeOut() throws IOException {
    out.close();
    try (FileChannel again = FileChannel.open(temporary(file), StandardOpenOption.WRITE)) {
      again.force(true);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (OutputStream each : List.of(out, disk)) {
      try {
        each.close();
      } catch (IOException e) {
        // it was never whole, and goes with the export
      }
    }
  }
}
