package io.nsqlops.backup.codec.crypto;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Which implementation does the cryptography. The bytes are the same, only the speed differs. */
public enum CryptoSuite {
  /** Amazon Corretto Crypto Provider: 0.12 s per GB, but about 0.15 s of CPU to load. */
  NATIVE,
  /** What every JDK has: 0.7 s per GB or more, ready at once. */
  JDK;

  /** Forces one suite, by its name in any case. */
  public static final String PROPERTY = "nsqlops.crypto";

  /** As {@link #PROPERTY}, which comes first. */
  public static final String ENVIRONMENT = "NSQL_OPS_CRYPTO";

  /**
   * Has {@link #forBulk} find its library at hand.
   *
   * @return the thread that loads it: a process that ends before leaves a part of it behind
   */
  public static Thread prepareForBulk() {
    Thread thread =
        new Thread(
            () -> {
              try {
                forBulk();
              } catch (OpsException e) {
                // whoever asks for it is told
              }
            },
            "native-crypto");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** For flows that move data: the fastest suite that works on this machine. */
  public static CryptoSuite forBulk() {
    return forced().orElseGet(() -> NativeProvider.INSTANCE.isPresent() ? NATIVE : JDK);
  }

  /** For commands that open a few small objects and should answer at once. */
  public static CryptoSuite forSmall() {
    return forced().orElse(JDK);
  }

  /** Whether this suite works on this machine. May load a native library. */
  public boolean isAvailable() {
    return this == JDK || NativeProvider.INSTANCE.isPresent();
  }

  /** For one thread. */
  public Aead newAead() {
    try {
      return this == JDK ? new JdkAead() : new NativeAead(provider());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing from " + this, e);
    }
  }

  /** HMAC-SHA256, for one thread. */
  public Mac newHmac(byte[] key) {
    try {
      Mac mac =
          this == JDK ? Mac.getInstance("HmacSHA256") : Mac.getInstance("HmacSHA256", provider());
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is missing from " + this, e);
    }
  }

  private static Provider provider() {
    return NativeProvider.INSTANCE.orElseThrow(CryptoSuite::unavailable);
  }

  private static OpsException unavailable() {
    return new OpsException(
        ErrorKind.USAGE,
        PROPERTY,
        "the native crypto provider does not load on this machine: " + NativeProvider.WHY_NOT,
        "Remove the setting "
            + PROPERTY
            + " or "
            + ENVIRONMENT
            + "; the JDK's own cryptography is used then.");
  }

  private static Optional<CryptoSuite> forced() {
    @Nullable String name = System.getProperty(PROPERTY, System.getenv(ENVIRONMENT));
    if (name == null || name.isBlank()) {
      return Optional.empty();
    }
    try {
      CryptoSuite suite = valueOf(name.strip().toUpperCase(Locale.ROOT));
      if (!suite.isAvailable()) {
        throw unavailable();
      }
      return Optional.of(suite);
    } catch (IllegalArgumentException e) {
      throw new OpsException(
          ErrorKind.USAGE,
          PROPERTY,
          "there is no crypto suite named " + name,
          "Use native or jdk, or remove the setting.",
          e);
    }
  }
}
