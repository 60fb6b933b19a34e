package io.nsqlops.logs.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.FileKey;
import io.nsqlops.logs.model.FileRecord;
import io.nsqlops.logs.model.Prefix;
import io.nsqlops.logs.model.Suffix;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackedFileTest {
  @Test
  void anAbandonedFileIsFinishedWhenThatWasTold() {
    TrackedFile file =
        new TrackedFile(
            new FileRecord(
                7,
                "/var/log/a.log",
                new FileKey(1, 2, 3),
                new Prefix(0, 0),
                100,
                List.of(),
                List.of(),
                false,
                "",
                0,
                false,
                Suffix.NONE));
    file.abandon();
    assertThat(file.isFinished()).isTrue();
    assertThat(file.record().finished()).isFalse();
    assertThat(file.takeDirty()).isTrue();

    file.acknowledge(TrackedFile.TELLING, TrackedFile.TELLING);

    assertThat(file.takeDirty()).isTrue();
    assertThat(file.record().finished()).isTrue();
    assertThat(file.record().watermark()).isEqualTo(100);
  }
}
