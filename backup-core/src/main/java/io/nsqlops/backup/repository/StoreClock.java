package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import java.time.Instant;

/**
 * The store's own clock, read off an object just written: ages of leases and chunks are told by it
 * alone, so the clocks of the machines around it may be wrong.
 */
final class StoreClock {
  private StoreClock() {}

  static Instant now(ObjectStore store) {
    store.put(RepositoryLayout.STORE_CLOCK, new byte[0]);
    return store
        .head(RepositoryLayout.STORE_CLOCK)
        .map(ObjectInfo::modified)
        .orElseThrow(
            () ->
                new OpsException(
                    ErrorKind.TRANSIENT,
                    RepositoryLayout.STORE_CLOCK,
                    "an object just written to " + store.location() + " is not there",
                    "find out who deletes objects there, then run the same command again"));
  }
}
