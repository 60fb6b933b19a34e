package io.nsqlops.backup.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to an S3 store and what to ask of it for each object; null is what the store or the
 * program does without being told.
 *
 * @param ca PEM file of the certificates to trust, instead of Java's own
 * @param storageClass of chunks
 * @param sseKmsKey key of {@link Encryption#KMS}; null for the bucket's own
 * @param maxRetries after the first attempt
 * @param connectTimeout for a connection to be accepted
 * @param readTimeout without a byte of a reply
 * @param profile in the files of the AWS tools
 */
public record S3Options(
    Checksum checksum,
    @Nullable Path ca,
    @Nullable String storageClass,
    @Nullable Encryption encryption,
    @Nullable String sseKmsKey,
    @Nullable ObjectLock objectLock,
    @Nullable Integer maxRetries,
    @Nullable Duration connectTimeout,
    @Nullable Duration readTimeout,
    @Nullable String profile) {

  /** What is known to work everywhere, and the default time-outs. */
  public static final S3Options DEFAULT =
      new S3Options(Checksum.AUTO, null, null, null, null, null, null, null, null, null);

  /** What the store can check uploads by. */
  public enum Checksum {
    /** A CRC-32 in a header of every upload; no trailer, which older stores refuse. */
    AUTO,
    /** Only where the protocol demands one. */
    REQUIRED,
    /** None but the old MD5, and that only where the protocol demands one. */
    NONE
  }

  /** Encryption by the store, on top of ours. */
  public enum Encryption {
    AES256("AES256"),
    KMS("aws:kms");

    private final String text;

    Encryption(String text) {
      this.text = text;
    }

    /** As in the protocol. */
    public String text() {
      return text;
    }
  }

  /**
   * Objects that nobody can delete or replace for some time.
   *
   * @param governance some users have the right to delete nevertheless; else nobody has
   * @param retain from when an object was stored
   */
  public record ObjectLock(boolean governance, Duration retain) {
    public ObjectLock {
      if (retain.isNegative() || retain.isZero()) {
        throw new IllegalArgumentException("objects are locked for some time or not at all");
      }
    }
  }

  /** The lock, if there is to be one. */
  public Optional<ObjectLock> lock() {
    return Optional.ofNullable(objectLock);
  }
}
