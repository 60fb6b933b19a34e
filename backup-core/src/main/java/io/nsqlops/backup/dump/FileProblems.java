package io.nsqlops.backup.dump;

import com.github.luben.zstd.ZstdIOException;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** What an error of the file system means to whoever exports or imports. */
public final class FileProblems {
  private FileProblems() {}

  /** While a file was written. */
  public static OpsException writing(Path file, IOException e) {
    String reason = reason(e);
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return problem(
          ErrorKind.TRANSIENT,
          file,
          "cannot write " + file + ": " + reason,
          "free some space there, or export to another file system or with --compress zstd; what"
              + " was written was removed",
          e);
    }
    return of(file, "cannot write " + file + ": " + reason, e);
  }

  /** While a file was read. */
  public static OpsException reading(Path file, IOException e) {
    return of(file, "cannot read " + file + ": " + reason(e), e);
  }

  private static OpsException of(Path file, String message, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return problem(
          ErrorKind.INTERRUPTED, file, message, "run the same command again when it suits", e);
    }
    if (isCutOrDamaged(e)) {
      return problem(
          ErrorKind.USAGE,
          file,
          message + ": it is cut off, or damaged",
          "copy it again, or dump again",
          e);
    }
    String lower = message.toLowerCase(Locale.ROOT);
    boolean mendable =
        e instanceof AccessDeniedException
            || e instanceof NoSuchFileException
            || e instanceof FileAlreadyExistsException
            || lower.contains("not a directory")
            || lower.contains("is a directory")
            || lower.contains("read-only")
            || lower.contains("name too long");
    return mendable
        ? problem(ErrorKind.USAGE, file, message, "check the path and its permissions", e)
        : problem(
            ErrorKind.TRANSIENT, file, message, "check the disk, then run the command again", e);
  }

  /** What decompressing says of content that is not what was compressed. */
  private static boolean isCutOrDamaged(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return Stream.of(e, cause)
        .anyMatch(
            t ->
                t instanceof EOFException
                    || t instanceof ZipException
                    || t instanceof ZstdIOException);
  }

  private static OpsException problem(
      ErrorKind kind, Path file, String message, String hint, IOException e) {
    return new OpsException(kind, file.toString(), message, hint, e);
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it is not there";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file of that name";
    }
    String told = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return told == null ? e.getClass().getSimpleName() : told;
  }
}
