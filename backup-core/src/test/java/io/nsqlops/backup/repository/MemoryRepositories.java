package io.nsqlops.backup.repository;

import io.nsqlops.backup.codec.crypto.CryptoSuite;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.key.passphrase.CheapPassphrase;
import io.nsqlops.backup.model.KeySet;
import io.nsqlops.backup.store.ObjectStore;
import java.security.SecureRandom;

/** Repositories for tests. */
public final class MemoryRepositories {
  private MemoryRepositories() {}

  /** A new repository without encryption. */
  public static Repository unencrypted(ObjectStore store) {
    KeySet keys = KeySet.generateUnencrypted(new SecureRandom());
    return Repository.init(store, new ClearKeyProvider(), keys);
  }

  /** A new encrypted repository. */
  public static Repository encrypted(ObjectStore store, String passphrase) {
    return Repository.init(
        store, CheapPassphrase.of(passphrase), KeySet.generate(new SecureRandom()));
  }

  /** As a program opens it that was not there when it was made. */
  public static Repository open(ObjectStore store, KeyProvider provider) {
    return Repository.open(store, provider, CryptoSuite.JDK);
  }
}
