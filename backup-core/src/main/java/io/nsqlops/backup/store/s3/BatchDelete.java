package io.nsqlops.backup.store.s3;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Deletes a thousand objects by one request; one by one where the store has no such request. */
final class BatchDelete {
  /** S3's limit. */
  private static final int MOST = 1000;

  private final S3Client client;

  /** Some stores that speak S3 do not serve the request: they are asked only once. */
  private volatile boolean oneByOne;

  BatchDelete(S3Client client) {
    this.client = client;
  }

  void delete(String bucket, List<String> names) {
    for (int from = 0; from < names.size(); from += MOST) {
      batch(bucket, names.subList(from, Math.min(names.size(), from + MOST)));
    }
  }

  private void batch(String bucket, List<String> names) {
    if (!oneByOne && names.size() > 1) {
      try {
        if (together(bucket, names)) {
          return;
        }
      } catch (S3Exception e) {
        if (e.statusCode() != 501 && e.statusCode() != 405) {
          throw e;
        }
        oneByOne = true;
      }
    }
    names.forEach(name -> client.deleteObject(r -> r.bucket(bucket).key(name)));
  }

  /** False if the reply broke off before it said anything of any object. */
  private boolean together(String bucket, List<String> names) {
    List<ObjectIdentifier> objects =
        names.stream().map(name -> ObjectIdentifier.builder().key(name).build()).toList();
    DeleteObjectsResponse response =
        client.deleteObjects(r -> r.bucket(bucket).delete(d -> d.quiet(false).objects(objects)));
    if (response.hasErrors() && !response.errors().isEmpty()) {
      throw failure(response.errors().get(0));
    }
    return !response.deleted().isEmpty();
  }

  /** The reply as a whole says 200; this is what the store would have said of the object alone. */
  static S3Exception failure(S3Error error) {
    int status =
        switch (String.valueOf(error.code())) {
          case "AccessDenied", "AllAccessDisabled" -> 403;
          case "InvalidRequest", "MethodNotAllowed" -> 400;
          case "InternalError" -> 500;
          default -> 503;
        };
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .message(error.message())
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(error.code())
                    .errorMessage(error.message())
                    .build())
            .build();
  }
}
