package io.nsqlops.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MeanwhileTest {
  @Test
  void theOwnerGoesOnUntilItsNextTask() throws InterruptedException {
    CountDownLatch ownerWentOn = new CountDownLatch(1);
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    try (Meanwhile meanwhile = new Meanwhile()) {
      meanwhile.start(
          () -> {
            awaitQuietly(ownerWentOn);
            done.add("first");
          });
      assertThat(done).isEmpty();
      ownerWentOn.countDown();
      meanwhile.start(() -> done.add("second"));
      meanwhile.await();
      assertThat(done).containsExactly("first", "second");
    }
  }

  @Test
  void tasksRunOneAfterTheOther() {
    List<Integer> done = new ArrayList<>();
    try (Meanwhile meanwhile = new Meanwhile()) {
      IntStream.range(0, 1000).forEach(i -> meanwhile.start(() -> done.add(i)));
      meanwhile.await();
    }
    assertThat(done).isEqualTo(IntStream.range(0, 1000).boxed().toList());
  }

  @Test
  void aFailureIsToldByTheNextCallOnce() {
    try (Meanwhile meanwhile = new Meanwhile()) {
      IllegalStateException failure = new IllegalStateException("the disk is full");
      meanwhile.start(
          () -> {
            throw failure;
          });
      AtomicBoolean second = new AtomicBoolean();
      assertThatThrownBy(() -> meanwhile.start(() -> second.set(true))).isSameAs(failure);
      meanwhile.await();
      assertThat(second).isFalse();
      meanwhile.start(() -> second.set(true));
      meanwhile.await();
      assertThat(second).isTrue();
    }
  }

  @Test
  void closingInterruptsATaskAndWaitsForIt() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Meanwhile meanwhile = new Meanwhile();
    meanwhile.start(
        () -> {
          awaitQuietly(never);
          ended.set(true);
        });
    meanwhile.close();
    assertThat(ended).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
