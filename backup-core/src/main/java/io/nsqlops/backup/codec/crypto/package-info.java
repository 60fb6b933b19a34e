/**
 * AES-256-GCM and HMAC-SHA256 at the speed the machine allows: Amazon Corretto's native provider
 * where it loads, the JDK's own ciphers otherwise. Both give the same bytes.
 */
@NullMarked
package io.nsqlops.backup.codec.crypto;

import org.jspecify.annotations.NullMarked;
