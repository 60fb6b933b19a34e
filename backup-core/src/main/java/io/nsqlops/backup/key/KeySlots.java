package io.nsqlops.backup.key;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.KeySet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The slots of one repository, tried in turn. */
public final class KeySlots {
  private KeySlots() {}

  /**
   * The key set of the first slot that opens.
   *
   * @param slots documents by object key
   * @throws OpsException WRONG_KEY if none opens
   */
  public static KeySet unwrap(
      KeyProvider provider, Map<String, byte[]> slots, String repositoryId) {
    @Nullable OpsException last = null;
    for (byte[] slot : new TreeMap<>(slots).values()) {
      try {
        if (KeySlot.kindOf(slot).equals(provider.kind())) {
          return provider.unwrap(slot, repositoryId);
        }
      } catch (OpsException e) {
        if (e.kind() != ErrorKind.WRONG_KEY) {
          throw e;
        }
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
    throw noSlot(provider, kinds(slots));
  }

  private static OpsException noSlot(KeyProvider provider, List<String> kinds) {
    String hint =
        kinds.contains("clear")
            ? "This repository is not encrypted: run without a passphrase."
            : kinds.contains("passphrase")
                ? "This repository is encrypted: give its passphrase by NSQL_OPS_PASSPHRASE or"
                    + " --passphrase-file."
                : "Restore the objects under keys/: without them nothing can be read.";
    return new OpsException(
        ErrorKind.WRONG_KEY,
        "keys/",
        "the repository has no key slot of kind " + provider.kind() + "; it has " + kinds,
        hint);
  }

  private static List<String> kinds(Map<String, byte[]> slots) {
    SortedMap<String, Boolean> kinds = new TreeMap<>();
    for (byte[] slot : slots.values()) {
      try {
        kinds.put(KeySlot.kindOf(slot), true);
      } catch (OpsException e) {
        kinds.put("damaged", true);
      }
    }
    return List.copyOf(kinds.keySet());
  }
}
