package io.nsqlops.backup.dump.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  private static final String HEAD = "\"id\",\"v\"\r\n";

  private static CsvFile open(String text) throws IOException {
    return CsvFile.open(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        "shop.t.0000000010000.csv");
  }

  @Test
  void recordsAreCountedAndComeAsTheyAre() throws IOException {
    String records = "1,\"a\"\r\n2,\\N\r\n3,\"\"\r\n4,\"a\\\"b,\nc\\\\\"\r\n";
    CsvFile file = open(HEAD + records);

    assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(records);
    assertThat(file.records()).isEqualTo(4);
    assertThat(file.endsWithCarriageReturn()).isTrue();
  }

  @Test
  void aTableOfGeneratedColumnsHasEmptyRecords() throws IOException {
    CsvFile file = open("\"\"\n\n\n\n");
    file.readAllBytes();
    assertThat(file.records()).isEqualTo(3);
  }

  /** What other options of Dumpling write, a server takes for other values without a word. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,\"a\"\n", // --csv-line-terminator for the lines, as it were
        "1,\r\n", // --csv-null-value ''
        "1,\"a\"\"b\"\r\n", // --escape-backslash=false
        "1;\"a\"\r\n", // --csv-separator ;
        "1,\"a\",2\r\n",
        "1,\"a", // cut off
        "1"
      })
  void otherFormsAreRefused(String records) throws IOException {
    CsvFile file = open(HEAD + records);
    OpsException e = catchThrowableOfType(OpsException.class, file::readAllBytes);

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e).hasMessageContaining("shop.t.0000000010000.csv is not as Dumpling writes CSV");
  }

  @Test
  void aFileWithoutAHeaderIsRefused() {
    OpsException e = catchThrowableOfType(OpsException.class, () -> open("1,2\r\n"));
    assertThat(e).hasMessageContaining("no names in quotes");
  }
}
