package io.nsqlops.backup.store.s3;

import io.nsqlops.backup.store.Lasting;
import io.nsqlops.backup.store.S3Options;
import io.nsqlops.backup.store.S3Options.Encryption;
import io.nsqlops.backup.store.S3Options.ObjectLock;
import io.nsqlops.backup.store.StoreUri;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** The one request that writes. */
final class Puts {
  private final String bucket;
  private final String prefix;
  private final S3Options options;
  private final boolean signedWithoutPayload;

  /**
   * @param prefix of all names, with its slash
   */
  Puts(StoreUri.S3 uri, String prefix) {
    this.bucket = uri.bucket();
    this.prefix = prefix;
    this.options = uri.options();
    this.signedWithoutPayload = uri.endpoint() != null && UnsignedPayload.suits(uri.endpoint());
  }

  PutObjectResponse put(S3Client client, String key, byte[] content, boolean onlyIfAbsent) {
    PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(bucket).key(prefix + key);
    if (onlyIfAbsent) {
      request.ifNoneMatch("*");
    }
    Lasting lasting = Lasting.of(key);
    // Leases are rewritten every minute: cheaper classes charge each of those for a month.
    if (lasting == Lasting.CHUNK && options.storageClass() != null) {
      request.storageClass(options.storageClass());
    }
    encrypt(request);
    boolean locked = lasting != Lasting.PASSING && lock(request);
    check(request, content, locked);
    return client.putObject(request.build(), RequestBody.fromBytes(content));
  }

  private void encrypt(PutObjectRequest.Builder request) {
    @Nullable Encryption encryption = options.encryption();
    if (encryption != null) {
      request.serverSideEncryption(encryption.text());
    }
    if (options.sseKmsKey() != null) {
      request.ssekmsKeyId(options.sseKmsKey());
    }
  }

  private boolean lock(PutObjectRequest.Builder request) {
    @Nullable ObjectLock lock = options.objectLock();
    if (lock == null) {
      return false;
    }
    request
        .objectLockMode(lock.governance() ? ObjectLockMode.GOVERNANCE : ObjectLockMode.COMPLIANCE)
        .objectLockRetainUntilDate(Instant.now().plus(lock.retain()));
    return true;
  }

  /** The protocol demands a digest of what is to be locked. */
  private void check(PutObjectRequest.Builder request, byte[] content, boolean locked) {
    switch (options.checksum()) {
      case AUTO -> request.checksumCRC32(crc(content));
      case REQUIRED -> {
        if (locked || signedWithoutPayload) {
          request.checksumCRC32(crc(content));
        }
      }
      case NONE -> {
        if (locked || signedWithoutPayload) {
          request.contentMD5(md5(content));
        }
      }
    }
  }

  private static String crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String md5(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(content);
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
