package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.SchemaJson;
import io.nsqlops.backup.codec.SectionJson;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.repository.OtherBackups;
import io.nsqlops.backup.repository.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

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
    return OtherBackups.orNamed(repository, manifest.id(), () -> read(repository, manifest));
  }

  private static BackupContents read(Repository repository, Manifest manifest) {
    List<TableBackup> tables = new ArrayList<>();
    eachTable(repository, manifest, tables::add);
    tables.sort(Comparator.comparing(t -> t.table().name()));
    return new BackupContents(
        manifest, tables, SchemaJson.read(repository.read(manifest.schema())));
  }

  /** A table after the other, in no order: all at once may be more than the heap holds. */
  static void eachTable(Repository repository, Manifest manifest, Consumer<TableBackup> taker) {
    for (StoredObject section : manifest.sections()) {
      SectionJson.read(repository.read(section)).forEach(taker);
    }
  }
}
