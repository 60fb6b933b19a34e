package io.nsqlops.logs.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStatTest {

  /** Its birth and its last change are the same: only its directory tells that births are known. */
  @Test
  void aFileThatWasWrittenAtOnceHasABirth(@TempDir Path directory) throws IOException {
    Path logs = Files.createDirectory(directory.resolve("logs"));
    BasicFileAttributes attributes;
    int files = 0;
    do {
      Files.writeString(logs.resolve("once-" + files++ + ".log"), "job started\n");
      attributes = Files.readAttributes(logs, BasicFileAttributes.class);
    } while (files < 1000 && attributes.creationTime().equals(attributes.lastModifiedTime()));
    assumeTrue(
        !attributes.creationTime().equals(attributes.lastModifiedTime()),
        "this file system knows no births");
    assertThat(FileStat.of(logs.resolve("once-0.log")).key().birth()).isNotZero();
  }
}
