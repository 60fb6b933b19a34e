package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.SchemaJson;
import io.nsqlops.backup.codec.SectionJson;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.repository.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A backup with all it names, chunks excepted.
 *
 * @param tables in name order
 */
public record BackupContents(
    Manifest manifest, List<TableBackup> tables, List<SchemaObject> objects) {
  public BackupContents {
    tables = List.copyOf(tables);
    objects = List.copyOf(objects);
  }

  /** Reads a backup by its id, a beginning of it, or {@code latest}. */
  public static BackupContents read(Repository repository, String wanted) {
    Manifest manifest = repository.find(wanted);
    List<TableBackup> tables = new ArrayList<>();
    for (StoredObject section : manifest.sections()) {
      tables.addAll(SectionJson.read(repository.read(section)));
    }
    tables.sort(Comparator.comparing(t -> t.table().name()));
    return new BackupContents(
        manifest, tables, SchemaJson.read(repository.read(manifest.schema())));
  }
}
