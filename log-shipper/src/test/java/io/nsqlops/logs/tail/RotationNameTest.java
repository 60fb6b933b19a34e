package io.nsqlops.logs.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationNameTest {
  @ParameterizedTest
  @CsvSource({
    "0.log, 0.log, false, NONE",
    "0.log.20260102-030405, 0.log, true, NONE",
    "0.log.20260102-030405.gz, 0.log, true, GZIP",
    "app.log.1, app.log, true, NONE",
    "app.log.12.zst, app.log, true, ZSTD",
    "app.log-20260102, app.log, true, NONE",
    "observer.log.20260102030405678, observer.log, true, NONE",
    "observer.log.20260102030405, observer.log, true, NONE",
    "observer.log.20260102030405678.zst, observer.log, true, ZSTD",
    "tidb-statements-2022-12-27T16-21-20.245.log, tidb-statements.log, true, NONE",
    "tidb-2022-12-27T16-21-20.245.log, tidb.log, true, NONE",
    "tidb-2022-12-27T16-21-20.245.log.gz, tidb.log, true, GZIP",
    "syslog.3, syslog, true, NONE",
    "tidb-0.log, tidb-0.log, false, NONE",
    "10.0.0.5.log, 10.0.0.5.log, false, NONE",
    "cockroach.n1.root.2022-05-02T19_03_03Z.01234.log,"
        + " cockroach.n1.root.2022-05-02T19_03_03Z.01234.log, false, NONE",
    "messages.gz, messages, true, GZIP",
    "app.log.1.bz2, app.log, true, BZIP2",
    "app.log-20260102.xz, app.log, true, XZ",
    "app.log.lz4, app.log, true, LZ4",
    "app.log.2.Z, app.log, true, COMPRESS",
    "12345, 12345, false, NONE",
  })
  void tellsTheLiveName(String name, String live, boolean rotated, Compression compression) {
    assertThat(RotationName.of(name)).isEqualTo(new RotationName(live, rotated, compression));
  }

  @ParameterizedTest
  @CsvSource({"0.log.gz.tmp, true", "0.log, false", "x.log~, true"})
  void knowsFilesSomebodyWillRename(String name, boolean temporary) {
    assertThat(RotationName.isTemporary(name)).isEqualTo(temporary);
  }
}
