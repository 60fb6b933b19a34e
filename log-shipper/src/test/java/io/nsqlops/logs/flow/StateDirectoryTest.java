package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.logs.Told;
import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateDirectoryTest {
  @TempDir Path dir;

  @Test
  void keepsOthersOutAfterItWasDeleted() throws IOException {
    Path path = dir.resolve("state");
    try (StateDirectory state = StateDirectory.lock(path)) {
      delete(path);
      state.keep();
      refused(path);
      Files.delete(path.resolve("lock"));
      state.keep();
      refused(path);
      state.keep();
      refused(path);
    }
    StateDirectory.lock(path).close();
  }

  @Test
  void ofTwoTheOneThatLostItsLockGivesWay() throws IOException {
    Path path = dir.resolve("state");
    try (StateDirectory first = StateDirectory.lock(path)) {
      delete(path);
      try (StateDirectory second = StateDirectory.lock(path)) {
        assertThatThrownBy(first::keep)
            .isInstanceOfSatisfying(
                LogsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED));
        second.keep();
      }
    }
  }

  @Test
  void isTakenWhenThatIsPossibleAgain() throws IOException {
    Path path = dir.resolve("state");
    try (Told told = new Told(StateDirectory.class);
        StateDirectory state = StateDirectory.lock(path)) {
      delete(path);
      Files.writeString(path, "in the way");
      state.keep();
      state.keep();
      assertThat(told.messages()).singleElement().asString().contains("cannot be locked again");
      Files.delete(path);
      state.keep();
      refused(path);
    }
  }

  /** What the one that took the directory over has written stays as it is. */
  @Test
  void aShipperThatLostItsLockEndsWithoutWriting() throws Exception {
    Path link = dir.resolve("link");
    Files.createSymbolicLink(link, Files.createDirectory(dir.resolve("one")));
    Path path = link.resolve("state");
    Path log = dir.resolve("app.log");
    Files.writeString(log, "one\n");
    MemorySink sink = new MemorySink();
    LogsConfig config =
        Shipping.config(path, Shipping.source(log.toString(), Envelope.NONE, "plain"));
    List<Path> others;
    RunningShipper shipper = new RunningShipper(config, sink);
    Conditions.until(() -> sink.documents().size() == 1);
    Path two = Files.createDirectory(dir.resolve("two"));
    Path taken = two.resolve("state");
    StateDirectory other = StateDirectory.lock(taken);
    try {
      Files.writeString(taken.resolve("checkpoints"), "");
      // at once: the shipper would make anew what is missing for a moment
      Path next = Files.createSymbolicLink(dir.resolve("next"), two);
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
      Conditions.until(() -> !shipper.isAlive());
      assertThatThrownBy(shipper::stop).hasRootCauseInstanceOf(LogsException.class);
      try (Stream<Path> files = Files.list(path)) {
        others = files.toList();
      }
      assertThat(path.resolve("checkpoints")).isEmptyFile();
    } finally {
      other.close();
    }
    assertThat(others).hasSize(2);
  }

  private static void refused(Path path) {
    assertThatThrownBy(() -> StateDirectory.lock(path))
        .isInstanceOfSatisfying(
            LogsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED));
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
