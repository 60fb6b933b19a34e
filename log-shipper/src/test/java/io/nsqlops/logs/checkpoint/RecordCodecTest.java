package io.nsqlops.logs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.FileKey;
import io.nsqlops.logs.model.FileRecord;
import io.nsqlops.logs.model.Prefix;
import io.nsqlops.logs.model.Suffix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  @Test
  void readsWhatItWrote() {
    assertThat(RecordCodec.decode(RecordCodec.encode(record(true)))).contains(record(true));
    assertThat(RecordCodec.decode(RecordCodec.encode(record(false)))).contains(record(false));
  }

  /** An upgrade must not send everything again. */
  @Test
  void readsRecordsThatEndWithTheFormat() {
    byte[] bytes = RecordCodec.encode(record(true));
    byte[] earlier = Arrays.copyOf(bytes, bytes.length - 13);
    assertThat(RecordCodec.decode(earlier)).contains(record(false, Suffix.NONE));
    byte[] withMissed = Arrays.copyOf(bytes, bytes.length - 12);
    assertThat(RecordCodec.decode(withMissed)).contains(record(true, Suffix.NONE));
  }

  private static FileRecord record(boolean missed) {
    return record(missed, new Suffix(100, 5));
  }

  private static FileRecord record(boolean missed, Suffix suffix) {
    return new FileRecord(
        7,
        "/var/log/a.log",
        new FileKey(1, 2, 3),
        new Prefix(40, 99),
        100,
        List.of(),
        List.of(),
        true,
        "tidb",
        7,
        missed,
        suffix);
  }
}
