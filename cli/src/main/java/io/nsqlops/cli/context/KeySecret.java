package io.nsqlops.cli.context;

import io.nsqlops.backup.config.SecretReference;
import io.nsqlops.backup.key.KmsKey;
import org.jspecify.annotations.Nullable;

/**
 * What opens a repository: a passphrase, a key of a key service, or nothing for one that is not
 * encrypted.
 */
public record KeySecret(@Nullable SecretReference passphrase, @Nullable KmsKey kmsKey) {
  public static final KeySecret NONE = new KeySecret(null, null);

  public KeySecret {
    if (passphrase != null && kmsKey != null) {
      throw new IllegalArgumentException("one secret is enough");
    }
  }

  public static KeySecret of(SecretReference passphrase) {
    return new KeySecret(passphrase, null);
  }

  public static KeySecret of(KmsKey kmsKey) {
    return new KeySecret(null, kmsKey);
  }

  public boolean isNone() {
    return passphrase == null && kmsKey == null;
  }

  /** What it is, for messages. */
  @Override
  public String toString() {
    return kmsKey == null ? "passphrase " + passphrase : "KMS key " + kmsKey.id();
  }
}
