package io.nsqlops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {

  @Test
  void whatIsSoPasses() {
    assertThatCode(
            () -> {
              Checks.equal("rows", 3, 3);
              Checks.equal("lines", List.of("a"), List.of("a"));
              Checks.holds(true, "this", "is not so");
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aWrongCountFailsTheDemonstrationByName() {
    assertThatThrownBy(() -> Checks.equal("the search x", 3, 2))
        .isInstanceOfSatisfying(
            OpsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL))
        .hasMessageContaining("the demonstration failed: the search x came to 2, expected were 3");
  }

  @Test
  void differentLinesAreNamed() {
    assertThatThrownBy(() -> Checks.equal("all", List.of("a", "b"), List.of("a", "c")))
        .hasMessageContaining("missing: [b]; instead: [c]");
  }
}
