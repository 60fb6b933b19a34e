package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.plan.RestorePlan.TableRestore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of a table that go into one file.
 *
 * @param number of the file, from 1
 * @param from its first chunk, by its number in the table
 * @param to behind its last chunk
 */
record DataFile(TableRestore table, int number, int from, int to) {
  static final Comparator<DataFile> LARGEST_FIRST =
      Comparator.comparingLong(DataFile::bytes)
          .reversed()
          .thenComparing(f -> f.table().as())
          .thenComparing(DataFile::number);

  static DataFile whole(TableRestore table) {
    return new DataFile(table, 1, 0, table.source().chunks().size());
  }

  /** A file ends with the chunk that reaches the size; a table without rows has none. */
  static List<DataFile> split(TableRestore table, long fileBytes) {
    List<DataFile> files = new ArrayList<>();
    List<ChunkRef> chunks = table.source().chunks();
    long bytes = 0;
    int from = 0;
    for (int i = 0; i < chunks.size(); i++) {
      bytes += chunks.get(i).bytes();
      if (bytes >= fileBytes || i + 1 == chunks.size()) {
        files.add(new DataFile(table, files.size() + 1, from, i + 1));
        from = i + 1;
        bytes = 0;
      }
    }
    return files;
  }

  long bytes() {
    return table.source().chunks().subList(from, to).stream().mapToLong(ChunkRef::bytes).sum();
  }
}
