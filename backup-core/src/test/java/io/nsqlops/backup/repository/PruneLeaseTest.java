package io.nsqlops.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.passphrase.CheapPassphrase;
import io.nsqlops.backup.store.FaultingObjectStore;
import io.nsqlops.backup.store.FaultingObjectStore.Operation;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PruneLeaseTest {
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final Repository repository = MemoryRepositories.encrypted(store, "old");

  @Test
  void whoMayNotDeleteLocksNobodyOut() {
    PruneLease.take(repository, Instant.now(), false).close();
    FaultingObjectStore noDelete =
        new FaultingObjectStore(store).failingFrom(Operation.DELETE, 1, ErrorKind.USAGE);
    Repository restricted = MemoryRepositories.open(noDelete, CheapPassphrase.of("old"));

    OpsException e =
        catchThrowableOfType(
            OpsException.class, () -> PruneLease.take(restricted, Instant.now(), false));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);

    try (PruneLease next = PruneLease.take(repository, Instant.now(), false)) {
      next.proveHeld();
      assertThat(store.list(RepositoryLayout.PRUNE_LEASES)).hasSize(1);
    }
  }
}
