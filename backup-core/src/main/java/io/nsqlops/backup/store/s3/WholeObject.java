package io.nsqlops.backup.store.s3;

import java.io.IOException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads a reply into one array of the promised length. The JDK's HTTP client does not complain when
 * a connection ends early, so it is done here, and the SDK asks again.
 */
final class WholeObject implements ResponseTransformer<GetObjectResponse, byte[]> {

  @Override
  public byte[] transform(GetObjectResponse response, AbortableInputStream body) {
    int length = Math.toIntExact(response.contentLength());
    byte[] content = new byte[length];
    int read;
    try {
      read = body.readNBytes(content, 0, length);
    } catch (IOException e) {
      throw RetryableException.create("the reply broke off", e);
    }
    if (read < length) {
      String text = "the reply broke off after " + read + " of " + length + " bytes";
      throw RetryableException.create(text, new IOException(text));
    }
    return content;
  }
}
