package io.nsqlops.cli.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectingTest {
  @Test
  void whatConnectingThrewIsThrownToWhoAsks() {
    OpsException refused = new OpsException(ErrorKind.USAGE, "db", "wrong password", "look");

    Connecting connecting =
        Connecting.start(
            () -> {
              throw refused;
            });

    assertThatThrownBy(connecting::get).isSameAs(refused);
    assertThatThrownBy(connecting::get).isSameAs(refused);
  }

  @Test
  void itConnectsBeforeAnybodyAsks() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);

    Connecting.start(
        () -> {
          asked.countDown();
          throw new IllegalStateException("nobody asks");
        });

    asked.await();
  }

  @Test
  void whoeverWaitsCanBeInterrupted() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Connecting connecting =
        Connecting.start(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new IllegalStateException("not connected");
            });
    AtomicReference<OpsException> thrown = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                connecting.get();
              } catch (OpsException e) {
                thrown.set(e);
              }
            });
    waiting.start();

    waiting.interrupt();
    waiting.join();

    assertThat(thrown.get())
        .isNotNull()
        .extracting(OpsException::kind)
        .isEqualTo(ErrorKind.INTERRUPTED);
    never.countDown();
  }
}
