package io.nsqlops.cli.output;

import io.nsqlops.backup.store.StoreCapabilities;

/** What a store can do, in words. */
public final class StoreView {
  private StoreView() {}

  /** On one line. */
  public static String described(StoreCapabilities store) {
    String overwriting =
        store.conditionalPut()
            ? "refuses to overwrite (conditional put)"
            : "cannot refuse to overwrite: do not run two backups into it at once";
    return store.versions()
        ? overwriting
            + "; keeps old versions, which take space until the bucket's lifecycle or object-lock="
            + " in the address lets prune remove them"
        : overwriting;
  }
}
