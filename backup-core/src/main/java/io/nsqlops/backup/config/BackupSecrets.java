package io.nsqlops.backup.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secrets of a backup: where they are, not what they are. */
public record BackupSecrets(
    @Nullable SecretReference dbPassword, @Nullable SecretReference passphrase) {

  public static final BackupSecrets NONE = new BackupSecrets(null, null);

  public Optional<SecretReference> databasePassword() {
    return Optional.ofNullable(dbPassword);
  }

  public Optional<SecretReference> repositoryPassphrase() {
    return Optional.ofNullable(passphrase);
  }
}
