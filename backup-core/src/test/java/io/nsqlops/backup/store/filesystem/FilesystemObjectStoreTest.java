package io.nsqlops.backup.store.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemObjectStoreTest extends ObjectStoreContract {
  @TempDir Path directory;

  @Override
  protected ObjectStore newStore() {
    return new FilesystemObjectStore(directory.resolve("deep/repo"));
  }

  @Test
  void anObjectIsAPlainFile() throws IOException {
    try (ObjectStore store = new FilesystemObjectStore(directory)) {
      store.put("chunks/ab/c", "content".getBytes(UTF_8));
    }

    assertThat(directory.resolve("chunks/ab/c")).hasContent("content");
    assertThat(directory.resolve("~tmp")).isEmptyDirectory();
  }

  @Test
  void readingDoesNotCreateTheDirectory() {
    Path missing = directory.resolve("missing");
    try (ObjectStore store = new FilesystemObjectStore(missing)) {
      assertThat(store.get("nsql-ops.json")).isEmpty();
      assertThat(store.list("")).isEmpty();
    }

    assertThat(missing).doesNotExist();
  }

  @Test
  void whatAKilledWriterLeftIsInvisibleAndRemovedLater() throws IOException {
    Path left = Files.createDirectories(directory.resolve("~tmp"));
    Path old = Files.write(left.resolve("old"), new byte[10]);
    Path fresh = Files.write(left.resolve("fresh"), new byte[10]);
    Instant longAgo = Instant.now().minus(TemporaryFiles.ABANDONED).minusSeconds(60);
    Files.setLastModifiedTime(old, FileTime.from(longAgo));
    try (ObjectStore store = new FilesystemObjectStore(directory)) {
      assertThat(store.list("")).isEmpty();
      store.put("a", new byte[1]);
      assertThat(store.list("").map(ObjectInfo::key)).containsExactly("a");
    }

    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void foreignFilesAreNotListed() throws IOException {
    Files.createDirectories(directory.resolve("lost+found/x"));
    Files.write(directory.resolve("my notes.txt"), new byte[1]);
    try (ObjectStore store = new FilesystemObjectStore(directory)) {
      store.put("a/b", new byte[1]);
      assertThat(store.list("").map(ObjectInfo::key)).containsExactly("a/b");
    }
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsAUsageError() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[1]);
    try (ObjectStore store = new FilesystemObjectStore(file)) {
      OpsException e = catchThrowableOfType(OpsException.class, () -> store.put("a", new byte[1]));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.hint()).contains("directory");
    }
  }

  @Test
  void aDirectoryWithoutRightsIsAUsageError() throws IOException {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    try (ObjectStore store = new FilesystemObjectStore(closed.resolve("repo"))) {
      assumeTrue(!Files.isReadable(closed), "this user (root) may read and write everywhere");
      OpsException e = catchThrowableOfType(OpsException.class, () -> store.put("a", new byte[1]));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.getMessage()).contains("permission denied");
    }
  }

  /** /dev/full takes no byte, like a full disk, on every Linux and for every user. */
  @Test
  void aFullDiskIsTransientAndSaysWhatToDo() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "there is no /dev/full here");
    IOException real =
        catchThrowableOfType(IOException.class, () -> Files.write(full, new byte[1]));

    OpsException e = FileErrors.translate(real, directory, "write");
    assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(e.getMessage()).contains("No space left");
    assertThat(e.hint()).contains("prune");
  }

  @Test
  void classifiesWhatTheSystemSays() {
    String name = directory.toString();
    List<IOException> usage =
        List.of(
            new AccessDeniedException(name),
            new FileSystemException(name, null, "Read-only file system"),
            new FileSystemException(name, null, "Operation not permitted"),
            new FileSystemException(name, null, "Not a directory"));
    for (IOException e : usage) {
      assertThat(FileErrors.translate(e, directory, "write").kind()).isEqualTo(ErrorKind.USAGE);
    }
    OpsException other =
        FileErrors.translate(new IOException("Input/output error"), directory, "read");
    assertThat(other.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(other.object()).isEqualTo(name);
  }
}
