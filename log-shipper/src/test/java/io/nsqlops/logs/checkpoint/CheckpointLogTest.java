package io.nsqlops.logs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.Told;
import io.nsqlops.logs.model.ByteRange;
import io.nsqlops.logs.model.FileKey;
import io.nsqlops.logs.model.FileRecord;
import io.nsqlops.logs.model.Prefix;
import io.nsqlops.logs.model.Suffix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointLogTest {
  @TempDir Path dir;

  @Test
  void remembersTheLastRecordOfEachGeneration() {
    try (CheckpointLog log = CheckpointLog.open(dir)) {
      log.append(List.of(record(1, 10), record(2, 20)));
      log.append(List.of(record(1, 30)));
      log.sync();
    }
    try (CheckpointLog log = CheckpointLog.open(dir)) {
      assertThat(log.records()).containsExactly(record(1, 30), record(2, 20));
      log.forget(List.of(1L));
    }
    try (CheckpointLog log = CheckpointLog.open(dir)) {
      assertThat(log.records()).containsExactly(record(2, 20));
    }
  }

  @Test
  void survivesWithoutBeingClosed() {
    CheckpointLog killed = CheckpointLog.open(dir);
    killed.append(List.of(record(1, 10)));
    killed.append(List.of(record(1, 11), record(2, 5)));

    try (CheckpointLog log = CheckpointLog.open(dir)) {
      assertThat(log.records()).containsExactly(record(1, 11), record(2, 5));
    }
    killed.close();
  }

  @Test
  void cutAtAnyByteItStillOpensAndNeverSaysMoreThanWasWritten() throws IOException {
    byte[] whole = written();
    for (int length = 0; length <= whole.length; length++) {
      Map<Long, FileRecord> records = new LinkedHashMap<>();
      int skipped = CheckpointLog.read(Arrays.copyOf(whole, length), records);
      assertThat(skipped).isLessThan(whole.length / 3);
      assertThat(records.values())
          .allMatch(r -> r.equals(record(r.generation(), 10 * r.generation())));
    }
    Files.write(dir.resolve("checkpoints"), Arrays.copyOf(whole, whole.length - 1));
    try (CheckpointLog log = CheckpointLog.open(dir)) {
      assertThat(log.records()).hasSize(3);
      assertThat(log.failures()).isZero();
    }
  }

  @Test
  void aDamagedByteCostsOneRecord() throws IOException {
    byte[] whole = written();
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Map<Long, FileRecord> records = new LinkedHashMap<>();
      CheckpointLog.read(damaged, records);
      assertThat(records).hasSize(3);
    }
  }

  @Test
  void garbageIsNoError() throws IOException {
    Files.write(dir.resolve("checkpoints"), new byte[100_000]);
    try (CheckpointLog log = CheckpointLog.open(dir)) {
      assertThat(log.records()).isEmpty();
    }
  }

  @Test
  void whatCannotBeWrittenNowIsWrittenLater() throws IOException {
    Path state = Files.createDirectory(dir.resolve("state"));
    CheckpointLog log = CheckpointLog.open(state);
    Files.delete(state.resolve("checkpoints"));
    Files.delete(state);
    Files.createFile(state);
    log.append(List.of(record(1, 10)));
    // There is no directory: a snapshot cannot be made.
    log.close();
    assertThat(log.failures()).isPositive();

    Files.delete(state);
    Files.createDirectory(state);
    log.append(List.of(record(2, 20)));
    log.close();

    try (CheckpointLog again = CheckpointLog.open(state)) {
      assertThat(again.records()).containsExactly(record(1, 10), record(2, 20));
    }
  }

  @Test
  void isWrittenAnewWhereSomebodyDeletedIt() throws IOException {
    Path state = dir.resolve("state");
    CheckpointLog log = CheckpointLog.open(state);
    log.append(List.of(record(1, 10)));
    log.sync();
    Files.delete(state.resolve("checkpoints"));
    Files.delete(state);
    log.append(List.of(record(2, 20)));
    assertThat(log.failures()).isZero();

    log.sync();

    assertThat(log.failures()).isEqualTo(1);
    Map<Long, FileRecord> there = new LinkedHashMap<>();
    CheckpointLog.read(Files.readAllBytes(state.resolve("checkpoints")), there);
    assertThat(there.values()).containsExactly(record(1, 10), record(2, 20));
    log.close();
  }

  @Test
  void everyTimeItBeginsToFailIsTold() throws IOException {
    Path state = Files.createDirectory(dir.resolve("state"));
    try (Told told = new Told(CheckpointLog.class);
        CheckpointLog log = CheckpointLog.open(state)) {
      for (int time = 0; time < 2; time++) {
        Files.createDirectory(state.resolve("checkpoints.new"));
        for (int i = 0; i < 50_000; i++) {
          log.append(List.of(record(1, i)));
        }
        Files.delete(state.resolve("checkpoints.new"));
        log.append(List.of(record(1, 7)));
      }
      assertThat(told.messages()).hasSize(4);
      assertThat(told.messages().get(0)).contains("cannot be written").contains("goes on");
      assertThat(told.messages().get(1)).contains("can be written again");
      assertThat(told.messages().get(2)).isEqualTo(told.messages().get(0));
      assertThat(log.failures()).isGreaterThan(2);
    }
  }

  @Test
  void isRewrittenWhenItHasGrown() throws IOException {
    try (CheckpointLog log = CheckpointLog.open(dir)) {
      for (int i = 0; i < 40_000; i++) {
        log.append(List.of(record(1, i)));
      }
      assertThat(Files.size(dir.resolve("checkpoints"))).isLessThan(5L * 1024 * 1024);
    }
  }

  private byte[] written() throws IOException {
    CheckpointLog log = CheckpointLog.open(dir);
    for (int i = 1; i <= 4; i++) {
      log.append(List.of(record(i, 10L * i)));
    }
    byte[] bytes = Files.readAllBytes(dir.resolve("checkpoints"));
    log.close();
    return bytes;
  }

  /** As when the state directory is restored from a copy under a running shipper. */
  @Test
  void aFileThatWasReplacedIsWrittenAnew() throws IOException {
    try (CheckpointLog log = CheckpointLog.open(dir)) {
      log.append(List.of(record(1, 10)));
      log.sync();
      Path copy = Files.copy(dir.resolve("checkpoints"), dir.resolve("copy"));
      Files.move(copy, dir.resolve("checkpoints"), StandardCopyOption.REPLACE_EXISTING);

      log.append(List.of(record(1, 20)));
      log.sync();

      assertThat(log.failures()).isEqualTo(1);
      Map<Long, FileRecord> written = new HashMap<>();
      CheckpointLog.read(Files.readAllBytes(dir.resolve("checkpoints")), written);
      assertThat(written).containsEntry(1L, record(1, 20));
    }
  }

  private static FileRecord record(long generation, long watermark) {
    return new FileRecord(
        generation,
        "/var/log/ünïcode-" + generation,
        new FileKey(1, 2, 3),
        new Prefix(40, 99),
        watermark,
        List.of(new ByteRange(watermark + 5, watermark + 9)),
        List.of(watermark + 1),
        generation % 2 == 0,
        "tidb",
        7,
        generation % 3 == 0,
        new Suffix(64, watermark));
  }
}
