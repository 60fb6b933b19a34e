package io.nsqlops.backup.config;

import io.nsqlops.backup.key.KmsKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a backup: where they are, not what they are. A repository is opened by a passphrase
 * or by a key of a key service.
 */
public record BackupSecrets(
    @Nullable SecretReference dbPassword,
    @Nullable SecretReference passphrase,
    @Nullable KmsKey kmsKey) {

  public static final BackupSecrets NONE = new BackupSecrets(null, null, null);

  public Optional<SecretReference> databasePassword() {
    return Optional.ofNullable(dbPassword);
  }

  public Optional<SecretReference> repositoryPassphrase() {
    return Optional.ofNullable(passphrase);
  }

  public Optional<KmsKey> repositoryKmsKey() {
    return Optional.ofNullable(kmsKey);
  }
}
