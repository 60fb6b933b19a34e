package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUriTest {
  @Test
  void onlyServersThatCanBeBackedUpAreProposed() {
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> DatabaseUri.parse("oceanbase://u@h"));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage())
        .endsWith(
            "is of a server that cannot be backed up yet; those of these schemes can: mariadb,"
                + " mysql, tidb");
    assertThat(catchThrowableOfType(OpsException.class, () -> DatabaseUri.parse("ftp://u@h")))
        .hasMessageEndingWith("has none of the schemes mariadb, mysql, tidb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mysql://h?sslMode=REQUIRED&sslMode=geheim", "mysql://h?connectionAttributes=%"})
  void parametersAreGivenOnceAndEncoded(String text) {
    OpsException e = catchThrowableOfType(OpsException.class, () -> DatabaseUri.parse(text));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage()).doesNotContain("geheim");
  }
}
