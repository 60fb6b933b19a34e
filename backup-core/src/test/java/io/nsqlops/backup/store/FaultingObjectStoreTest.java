package io.nsqlops.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.FaultingObjectStore.Operation;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import org.junit.jupiter.api.Test;

/** Without faults it is a store like any other; with them it fails as planned. */
class FaultingObjectStoreTest extends ObjectStoreContract {
  private final MemoryObjectStore inner = new MemoryObjectStore();
  private final FaultingObjectStore store = new FaultingObjectStore(inner);

  @Override
  protected ObjectStore newStore() {
    return new FaultingObjectStore(new MemoryObjectStore());
  }

  @Test
  void failsTheCallItIsTold() {
    store.failing(Operation.PUT, 2, ErrorKind.TRANSIENT);
    store.put("a", new byte[1]);
    OpsException e = catchThrowableOfType(OpsException.class, () -> store.put("b", new byte[1]));
    store.put("c", new byte[1]);

    assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(inner.list("").map(ObjectInfo::key)).containsExactly("a", "c");
    assertThat(store.calls(Operation.PUT)).isEqualTo(3);
  }

  @Test
  void losesTheReplyButDoesTheWork() {
    store.losingReply(Operation.PUT_IF_ABSENT, 1, ErrorKind.COMMIT_UNKNOWN);
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> store.putIfAbsent("a", new byte[1]));

    assertThat(e.kind()).isEqualTo(ErrorKind.COMMIT_UNKNOWN);
    assertThat(inner.get("a")).isPresent();
    assertThat(store.putIfAbsent("a", new byte[1])).isFalse();
  }

  @Test
  void spoilsReadsUntilHealed() {
    inner.put("a", new byte[10]);
    assertThat(store.truncatingRead(1).get("a").orElseThrow()).hasSize(5);
    assertThat(store.flippingRead(2).get("a").orElseThrow()).hasSize(10).contains(1);
    store.failingFrom(Operation.GET, 3, ErrorKind.USAGE);
    assertThat(catchThrowableOfType(OpsException.class, () -> store.get("a"))).isNotNull();
    assertThat(catchThrowableOfType(OpsException.class, () -> store.get("a"))).isNotNull();
    store.heal();
    assertThat(store.get("a")).hasValue(new byte[10]);
  }
}
