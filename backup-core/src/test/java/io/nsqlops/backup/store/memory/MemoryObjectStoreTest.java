package io.nsqlops.backup.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.ObjectStoreContract;
import io.nsqlops.backup.store.StoreCapabilities;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MemoryObjectStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore newStore() {
    return new MemoryObjectStore();
  }

  @Test
  void playsAWeakerStoreWithAClockOfItsOwn() {
    Instant then = Instant.parse("2026-01-02T03:04:05Z");
    MemoryObjectStore weak =
        new MemoryObjectStore(new StoreCapabilities(false), Clock.fixed(then, ZoneOffset.UTC));

    assertThat(weak.probe().conditionalPut()).isFalse();
    assertThat(weak.putIfAbsent("a", new byte[] {1})).isTrue();
    assertThat(weak.putIfAbsent("a", new byte[] {2})).isFalse();
    assertThat(weak.head("a").orElseThrow().modified()).isEqualTo(then);
  }
}
