package io.nsqlops.backup.codec.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The native provider, loaded at first use of this class and never installed for the whole JVM. It
 * may be absent: another processor, another C library, a temporary directory that forbids
 * execution.
 */
final class NativeProvider {
  static final Optional<Provider> INSTANCE;
  static final String WHY_NOT;

  static {
    @Nullable Provider provider = null;
    String whyNot = "";
    try {
      AmazonCorrettoCryptoProvider candidate = AmazonCorrettoCryptoProvider.INSTANCE;
      @Nullable Throwable error = candidate.getLoadingError();
      if (error == null) {
        provider = candidate;
      } else {
        whyNot = error.toString();
      }
    } catch (RuntimeException | LinkageError e) {
      whyNot = e.toString();
    }
    INSTANCE = Optional.ofNullable(provider);
    WHY_NOT = whyNot;
  }

  private NativeProvider() {}
}
