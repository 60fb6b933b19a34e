package io.nsqlops.backup.store.filesystem;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an error of the file system means to the user. */
final class FileErrors {
  private FileErrors() {}

  /** Whether the error says that there is no such file: one of its parents may be a file. */
  static boolean isAbsence(IOException e) {
    String reason = reason(e).toLowerCase(Locale.ROOT);
    return e instanceof NoSuchFileException
        || reason.contains("not a directory")
        || reason.contains("is a directory");
  }

  static OpsException translate(IOException e, Path path, String verb) {
    String reason = reason(e);
    String message = "cannot " + verb + " " + path + ": " + reason;
    String lower = reason.toLowerCase(Locale.ROOT);
    if (e instanceof ClosedByInterruptException) {
      return new OpsException(
          ErrorKind.INTERRUPTED, path.toString(), message, "Run the command again.", e);
    }
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return new OpsException(
          ErrorKind.TRANSIENT,
          path.toString(),
          message,
          "Free some space on that file system, then run the command again; what is stored already"
              + " is kept. prune removes old backups, but needs a few KiB itself.",
          e);
    }
    if (e instanceof AccessDeniedException || lower.contains("not permitted")) {
      return usage(e, path, message, "Give this user the right to " + verb + " it.");
    }
    if (lower.contains("read-only")) {
      return usage(e, path, message, "Mount that file system for writing, or choose another.");
    }
    if (lower.contains("not a directory") || lower.contains("is a directory")) {
      return usage(e, path, message, "Choose a directory that holds nothing else.");
    }
    return new OpsException(
        ErrorKind.TRANSIENT,
        path.toString(),
        message,
        "Check the disk or the mount, then run the command again.",
        e);
  }

  private static OpsException usage(IOException e, Path path, String message, String hint) {
    return new OpsException(ErrorKind.USAGE, path.toString(), message, hint, e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "it vanished";
    }
    @Nullable String reason =
        e instanceof FileSystemException fse && fse.getReason() != null
            ? fse.getReason()
            : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
