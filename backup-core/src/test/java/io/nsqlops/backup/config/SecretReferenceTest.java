package io.nsqlops.backup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretReferenceTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"'s3cret\n',s3cret", "'s3cret\r\n',s3cret", "s3cret,s3cret", "' a b \n\n',' a b \n'"})
  void aFileLosesOnlyItsLastLineEnd(String content, String expected) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), content);

    assertThat(SecretReference.file(file).resolve()).isEqualTo(expected);
  }

  @Test
  void aChangedFileIsReadAgain() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "old");
    SecretReference reference = SecretReference.parse("file:" + file);
    assertThat(reference.resolve()).isEqualTo("old");

    Files.writeString(file, "new");

    assertThat(reference.resolve()).isEqualTo("new");
  }

  @Test
  void aVariableIsReadFromTheEnvironment() {
    assertThat(SecretReference.parse("env:PHRASE").resolve(Map.of("PHRASE", "s3cret")::get))
        .isEqualTo("s3cret");
  }

  @Test
  void whatIsMissingIsAUsageErrorThatNamesTheReference() {
    assertThatExceptionOfType(OpsException.class)
        .isThrownBy(() -> SecretReference.parse("env:PHRASE").resolve(name -> null))
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
              assertThat(e.object()).isEqualTo("env:PHRASE");
            });
    assertThatExceptionOfType(OpsException.class)
        .isThrownBy(() -> SecretReference.parse("env:PHRASE").resolve(name -> ""))
        .withMessageContaining("empty");
    assertThatExceptionOfType(OpsException.class)
        .isThrownBy(() -> SecretReference.file(directory.resolve("none")).resolve())
        .withMessageContaining("NoSuchFileException");
  }

  @Test
  void theTextOfAReferenceIsTheReferenceNotTheSecret() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "s3cret");
    SecretReference reference = SecretReference.file(file);
    assertThat(reference.resolve()).isEqualTo("s3cret");

    assertThat(reference).hasToString("file:" + file);
    assertThat(new BackupSecrets(reference, null, null).toString()).doesNotContain("s3cret");
  }

  @Test
  void aPlainSecretIsRefusedWithoutRepeatingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretReference.parse("hunter2"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    assertThatIllegalArgumentException().isThrownBy(() -> SecretReference.parse("file:"));
  }
}
