package io.nsqlops.backup.flow.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.flow.SmallHeap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand backups and 200,000 chunks in a process with the heap that users have. */
@Tag("slow")
class PruneScaleTest {
  private static final int BACKUPS = 1000;
  private static final int CHUNKS = 200_000;
  private static final int KEPT = 400;

  @TempDir Path directory;

  @Test
  void aLargeRepositoryFitsIntoASmallHeap() throws Exception {
    Path repository = directory.resolve("repository");
    LargeRepository.create(repository, BACKUPS, CHUNKS);

    List<String> lines = SmallHeap.run(LargeRepository.class, directory, repository, KEPT);

    assertThat(lines)
        .contains("removed " + (BACKUPS - KEPT))
        .contains("lists backups/ 1", "lists chunks/ 1", "lists garbage/ 1", "lists pins/ 1");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("deletions "))
        .singleElement()
        .satisfies(line -> assertThat(Integer.parseInt(line.substring(10))).isLessThan(200));
    int perBackup = CHUNKS / BACKUPS;
    assertThat(lines).contains("chunks " + (BACKUPS - KEPT) * perBackup);
    try (Stream<Path> files = Files.walk(repository.resolve("chunks"))) {
      assertThat(files.filter(Files::isRegularFile).count()).isEqualTo((long) KEPT * perBackup);
    }
  }
}
