package io.nsqlops.backup.key;

import io.nsqlops.backup.model.KeySet;

/**
 * One way to protect a repository's key set. Its slot documents are small JSON objects under {@code
 * keys/}; several, of any provider and passphrase, can hold the same key set. Rotating a passphrase
 * adds a slot and removes the old one; data is not rewritten.
 *
 * <p>The caller picks the provider by what the user configured, never by what the store says:
 * whoever can write to the store must not be able to talk a reader out of encryption.
 */
public interface KeyProvider {

  /** Value of {@code kind} in the slot documents of this provider. */
  String kind();

  /**
   * A new slot document, bound to the repository. Two calls give different documents.
   *
   * @throws io.nsqlops.backup.error.OpsException USAGE if this provider must not hold such keys
   */
  byte[] wrap(KeySet keys, String repositoryId);

  /**
   * The key set inside a slot.
   *
   * @throws io.nsqlops.backup.error.OpsException WRONG_KEY if it does not open: wrong passphrase,
   *     another repository's slot, a damaged or forged one
   */
  KeySet unwrap(byte[] slot, String repositoryId);
}
