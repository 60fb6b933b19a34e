package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeySlot;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be told of a key slot without opening it.
 *
 * @param id names it
 * @param kind of what opens it, {@code damaged} if nothing can
 * @param created by the store's clock
 * @param label chosen by whoever added it; may be empty
 * @param holder which key of a key service opens it; may be empty
 */
public record KeySlotInfo(String id, String kind, Instant created, String label, String holder) {

  /**
   * All slots of a repository, oldest first.
   *
   * @throws OpsException NO_REPOSITORY
   */
  public static List<KeySlotInfo> list(ObjectStore store) {
    if (store.head(RepositoryLayout.DESCRIPTOR).isEmpty()) {
      throw Repository.nothingAt(store);
    }
    try (Stream<ObjectInfo> listed = store.list(RepositoryLayout.KEYS)) {
      return listed
          .flatMap(o -> store.get(o.key()).map(document -> of(o, document)).stream())
          .sorted(Comparator.comparing(KeySlotInfo::created).thenComparing(KeySlotInfo::id))
          .toList();
    }
  }

  private static KeySlotInfo of(ObjectInfo object, byte[] document) {
    String id = idOf(object.key());
    try {
      KeySlot.Description told = KeySlot.describe(document);
      return new KeySlotInfo(id, told.kind(), object.modified(), told.label(), told.holder());
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.WRONG_KEY) {
        throw e;
      }
      return new KeySlotInfo(id, "damaged", object.modified(), "", "");
    }
  }

  static String idOf(String key) {
    return key.substring(RepositoryLayout.KEYS.length());
  }
}
