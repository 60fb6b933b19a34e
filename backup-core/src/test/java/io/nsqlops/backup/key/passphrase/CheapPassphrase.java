package io.nsqlops.backup.key.passphrase;

import io.nsqlops.backup.key.KeyProvider;

/** A passphrase that costs next to nothing to derive a key from, for tests of other things. */
public final class CheapPassphrase {
  private CheapPassphrase() {}

  public static KeyProvider of(String passphrase) {
    return new PassphraseKeyProvider(passphrase.toCharArray(), new Argon2Settings(8, 1, 1));
  }
}
