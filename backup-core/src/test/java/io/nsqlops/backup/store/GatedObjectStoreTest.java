package io.nsqlops.backup.store;

import io.nsqlops.backup.store.memory.MemoryObjectStore;

/** With an open gate it is a store like any other. */
class GatedObjectStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore newStore() {
    return new GatedObjectStore(new MemoryObjectStore(), (call, key) -> {});
  }
}
