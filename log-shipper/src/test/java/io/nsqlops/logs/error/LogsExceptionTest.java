package io.nsqlops.logs.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogsExceptionTest {
  @Test
  void whatItTellsNamesTheObject() {
    assertThat(new LogsException(ErrorKind.USAGE, "env:PW", "the variable is not set", "").told())
        .isEqualTo("env:PW: the variable is not set");
    assertThat(new LogsException(ErrorKind.USAGE, "/a", "/a is no file", "").told())
        .isEqualTo("/a is no file");
  }
}
