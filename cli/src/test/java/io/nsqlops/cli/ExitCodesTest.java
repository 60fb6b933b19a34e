package io.nsqlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.logs.error.LogsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodesTest {
  /** A promise: scripts and pod failure policies decide by these numbers. */
  @ParameterizedTest
  @CsvSource({
    "INTERNAL, 1",
    "USAGE, 2",
    "UNREADABLE, 2",
    "PARTIAL, 3",
    "VERIFICATION_FAILED, 4",
    "NO_REPOSITORY, 10",
    "LOCKED, 11",
    "WRONG_KEY, 12",
    "COMMIT_UNKNOWN, 20",
    "TRANSIENT, 75",
    "INTERRUPTED, 130"
  })
  void areThoseOfTheTable(ErrorKind kind, int code) {
    assertThat(ExitCodes.of(kind)).isEqualTo(code);
  }

  @Test
  void noKindIsLeftOut() {
    assertThat(ErrorKind.values()).hasSize(11);
  }

  @ParameterizedTest
  @EnumSource(io.nsqlops.logs.error.ErrorKind.class)
  void failuresOfTheLogShipperHaveTheSameKinds(io.nsqlops.logs.error.ErrorKind kind) {
    OpsException told = Failures.of(new LogsException(kind, "object", "what", "hint"));

    assertThat(told.kind().name()).isEqualTo(kind.name());
    assertThat(told.object()).isEqualTo("object");
    assertThat(told).hasMessage("object: what");
    assertThat(told.hint()).isEqualTo("hint");
  }

  @Test
  void whateverElseIsThrownIsInternal() {
    assertThat(Failures.of(new IllegalStateException("x")).kind()).isEqualTo(ErrorKind.INTERNAL);
    assertThat(Failures.of(new OutOfMemoryError("heap")).hint()).contains("NSQL_OPS_HEAP");
    assertThat(Failures.of(new InterruptedException()).kind()).isEqualTo(ErrorKind.INTERRUPTED);
  }
}
