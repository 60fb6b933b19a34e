package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.SectionJson;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import java.util.ArrayList;
import java.util.List;

/** Collects finished tables and stores them by the section, so that memory stays bounded. */
final class SectionWriter {
  private static final long SECTION_BYTES = 1 << 20;
  private static final long TABLE_OVERHEAD = 500;
  private static final long CHUNK_OVERHEAD = 120;

  private final Repository repository;
  private final String backupId;
  private final List<TableBackup> waiting = new ArrayList<>();
  private final List<StoredObject> sections = new ArrayList<>();
  private long waitingBytes;

  SectionWriter(Repository repository, String backupId) {
    this.repository = repository;
    this.backupId = backupId;
  }

  synchronized void add(TableBackup table) {
    waiting.add(table);
    waitingBytes += TABLE_OVERHEAD + table.table().ddl().length();
    waitingBytes +=
        table.chunks().stream()
            .mapToLong(c -> CHUNK_OVERHEAD + (c.isInline() ? c.bytes() : 0))
            .sum();
    if (waitingBytes >= SECTION_BYTES) {
      flush();
    }
  }

  /** Stores what is left and tells all sections. */
  synchronized List<StoredObject> finish() {
    if (!waiting.isEmpty()) {
      flush();
    }
    return List.copyOf(sections);
  }

  private void flush() {
    String key = RepositoryLayout.section(backupId, sections.size());
    sections.add(repository.write(key, SectionJson.write(waiting)));
    waiting.clear();
    waitingBytes = 0;
  }
}
