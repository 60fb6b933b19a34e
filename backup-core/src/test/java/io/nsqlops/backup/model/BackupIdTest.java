package io.nsqlops.backup.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackupIdTest {
  @Test
  void idsSortByTimeEvenWithinASecond() {
    Instant second = Instant.parse("2026-11-24T02:00:00Z");
    String last = BackupId.create(second.minusMillis(1));
    for (int millis = 0; millis < 1000; millis++) {
      String id = BackupId.create(second.plusMillis(millis));
      assertThat(id).matches("20261124T020000Z-[0-9a-f]{8}").isGreaterThan(last);
      last = id;
    }
  }

  @Test
  void idsOfOneMomentDiffer() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add(BackupId.create(Instant.EPOCH));
    }
    assertThat(ids).hasSize(20);
  }
}
