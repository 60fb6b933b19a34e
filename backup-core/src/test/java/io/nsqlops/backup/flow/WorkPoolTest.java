package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkPoolTest {
  /** Works on numbers; from 10 on, one that is divisible by ten brings another. */
  private static List<Integer> worked(List<Integer> now, List<Integer> later) {
    WorkPool<Integer> pool = new WorkPool<>("worker", Comparator.<Integer>reverseOrder());
    now.forEach(pool::add);
    pool.addLater(later.iterator());
    List<Integer> order = new ArrayList<>();
    pool.run(
        1,
        () ->
            new WorkPool.Worker<>() {
              @Override
              public void work(Integer unit) {
                order.add(unit);
                if (unit % 10 == 0) {
                  pool.add(unit / 10 * 3 + 1);
                }
              }

              @Override
              public void close() {}
            });
    return order;
  }

  @Test
  void unitsThatComeIntoBeingLaterAreMixedInByTheirOrder() {
    assertThat(worked(List.of(9, 5, 1), List.of(8, 5, 2))).containsExactly(9, 8, 5, 5, 2, 1);
    assertThat(worked(List.of(), List.of(3, 2))).containsExactly(3, 2);
    assertThat(worked(List.of(4), List.of())).containsExactly(4);
  }

  @Test
  void soAreThoseThatOthersAdd() {
    assertThat(worked(List.of(), List.of(50, 17, 15))).containsExactly(50, 17, 16, 15);
  }
}
