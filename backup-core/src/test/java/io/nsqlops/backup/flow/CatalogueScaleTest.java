package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers with very many tables, in a process with the heap that users have. */
@Tag("slow")
class CatalogueScaleTest {
  @TempDir Path directory;

  @Test
  void aMillionTablesAreBackedUpAndVerified() throws Exception {
    List<String> lines = SmallHeap.run(LargeCatalogue.class, directory, directory, 1_000_000);

    assertThat(lines).hasSize(3);
    assertThat(lines.subList(0, 2)).allMatch(l -> l.contains("tables=1000000, rows=1000000,"));
    assertThat(lines.get(2)).isEqualTo("verified 1000000 tables, damaged 0");
  }

  @Test
  void twoHundredThousandTablesAreRestored() throws Exception {
    SmallHeap.run(LargeCatalogue.class, directory, directory, 200_000);

    List<String> lines =
        SmallHeap.run(LargeCatalogue.class, directory, directory, 200_000, "restore");

    assertThat(lines).containsExactly("restored 200000 tables, verified 200000 rows");
  }
}
