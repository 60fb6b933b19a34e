package io.nsqlops.backup.store.s3;

import io.nsqlops.backup.store.StoreUri;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** The one request that writes. */
final class Puts {
  private final String bucket;
  private final boolean withCrc;

  Puts(StoreUri.S3 uri) {
    this.bucket = uri.bucket();
    this.withCrc = uri.endpoint() != null && UnsignedPayload.suits(uri.endpoint());
  }

  PutObjectResponse put(S3Client client, String name, byte[] content, boolean onlyIfAbsent) {
    PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(bucket).key(name);
    if (onlyIfAbsent) {
      request.ifNoneMatch("*");
    }
    if (withCrc) {
      request.checksumCRC32(crc(content));
    }
    return client.putObject(request.build(), RequestBody.fromBytes(content));
  }

  private static String crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
