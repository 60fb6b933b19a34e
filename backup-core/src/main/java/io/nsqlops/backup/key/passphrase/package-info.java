/**
 * Key slots opened by a passphrase: Argon2id derives the key that wraps the key set with
 * AES-256-GCM. The parameters are part of the slot, so they can grow with later machines.
 */
@NullMarked
package io.nsqlops.backup.key.passphrase;

import org.jspecify.annotations.NullMarked;
