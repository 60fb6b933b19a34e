/**
 * Protects a key set by a key that never leaves a key management service: AWS KMS, or what speaks its
 * protocol. The only place that knows the SDK's KMS client.
 */
@NullMarked
package io.nsqlops.backup.key.kms;

import org.jspecify.annotations.NullMarked;
