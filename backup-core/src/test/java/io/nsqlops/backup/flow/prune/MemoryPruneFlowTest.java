package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.memory.MemoryObjectStore;

class MemoryPruneFlowTest extends PruneFlowContract {
  @Override
  ObjectStore newStore() {
    return new MemoryObjectStore();
  }
}
