package io.nsqlops.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyValuesTest {
  @Test
  void everyNameHasOneValue() {
    assertThat(KeyValues.of("--tag", List.of("a=1", "b=", "c=x=y", "a=1")))
        .containsOnly(Map.entry("a", "1"), Map.entry("b", ""), Map.entry("c", "x=y"));
    assertThat(refused("nothing")).isEqualTo("--tag 'nothing' is not of the form NAME=VALUE");
    assertThat(refused("=v")).isEqualTo("--tag '=v' is not of the form NAME=VALUE");
    assertThat(refused("a=1", "a=2")).isEqualTo("--tag gives a two values: 1 and 2");
  }

  private static String refused(String... pairs) {
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> KeyValues.of("--tag", List.of(pairs)));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    return String.valueOf(e.getMessage());
  }
}
