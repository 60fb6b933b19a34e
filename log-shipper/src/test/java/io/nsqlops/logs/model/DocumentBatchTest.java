package io.nsqlops.logs.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentBatchTest {
  @Test
  void knowsWhereEachItemIs() {
    DocumentBatch batch = new DocumentBatch(16);
    for (int i = 0; i < 3000; i++) {
      batch.body().raw(new byte[i % 7]);
      batch.originals().raw(new byte[i % 3]);
      batch.endItem();
    }
    for (int i = 0; i < 3000; i++) {
      assertThat(batch.bodyEnd(i) - batch.bodyStart(i)).isEqualTo(i % 7);
      assertThat(batch.originalEnd(i) - batch.originalStart(i)).isEqualTo(i % 3);
    }
    batch.clear();
    assertThat(batch.isEmpty()).isTrue();
    assertThat(batch.body().size()).isZero();
  }

  @Test
  void neighbouringRangesOfAFileBecomeOne() {
    DocumentBatch batch = new DocumentBatch(16);
    batch.cover(1, 0, 10);
    batch.cover(1, 10, 30);
    batch.cover(2, 30, 40);
    batch.cover(1, 30, 31);
    for (int i = 0; i < 200; i++) {
      batch.cover(3, 2L * i, 2L * i + 1);
    }
    List<String> ranges = new ArrayList<>();
    batch.forEachRange((generation, from, to) -> ranges.add(generation + ":" + from + "-" + to));
    assertThat(ranges).hasSize(203).startsWith("1:0-30", "2:30-40", "1:30-31", "3:0-1");
  }
}
