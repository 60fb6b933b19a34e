package io.nsqlops.backup.store.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Deletes objects of a bucket with object lock for good: all their versions. Without naming
 * versions, the bucket would only hide the objects and go on keeping them.
 */
final class VersionDelete {
  /** S3's limit. */
  private static final int MOST = 1000;

  /** Sorts behind every character of a key. */
  private static final char LAST = '~';

  private final S3Client client;
  private final String bucket;

  VersionDelete(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** Names of the objects that are locked yet; they stay as they are. */
  Set<String> delete(List<String> names) {
    Set<String> held = new HashSet<>();
    List<ObjectIdentifier> versions = versions(new TreeSet<>(names));
    for (int from = 0; from < versions.size(); from += MOST) {
      held.addAll(batch(versions.subList(from, Math.min(versions.size(), from + MOST))));
    }
    return held;
  }

  private Set<String> batch(List<ObjectIdentifier> versions) {
    DeleteObjectsResponse response =
        client.deleteObjects(r -> r.bucket(bucket).delete(d -> d.quiet(false).objects(versions)));
    if (response.deleted().isEmpty() && response.errors().isEmpty()) {
      throw RetryableException.create(
          "the reply says nothing of any object", new IOException("the reply broke off"));
    }
    Set<String> held = new HashSet<>();
    for (S3Error error : response.errors()) {
      if (!isLocked(error)) {
        throw BatchDelete.failure(error);
      }
      held.add(error.key());
    }
    return held;
  }

  /** The stores have no common word for it, and some say no more than that it is denied. */
  private boolean isLocked(S3Error error) {
    String message = String.valueOf(error.message());
    if (message.contains("WORM") || message.contains("object lock")) {
      return true;
    }
    boolean refused =
        Set.of("AccessDenied", "InvalidRequest", "ObjectLocked")
            .contains(String.valueOf(error.code()));
    return refused && lockedUntil(error.key(), error.versionId()).isPresent();
  }

  /** Every version and delete marker of these names, in the order of the bucket. */
  private List<ObjectIdentifier> versions(TreeSet<String> names) {
    List<ObjectIdentifier> found = new ArrayList<>();
    if (names.isEmpty()) {
      return found;
    }
    String last = names.last();
    String prefix = commonPrefix(names.first(), last);
    String before = before(names.first());
    // MinIO finds nothing from a marker on that does not begin with the prefix
    @Nullable String key = before.startsWith(prefix) ? before : null;
    @Nullable String version = null;
    boolean more = true;
    while (more) {
      String keyMarker = key;
      String versionMarker = version;
      ListObjectVersionsResponse page =
          client.listObjectVersions(
              r ->
                  r.bucket(bucket)
                      .prefix(prefix)
                      .keyMarker(keyMarker)
                      .versionIdMarker(versionMarker));
      page.versions().stream()
          .filter(v -> names.contains(v.key()))
          .forEach(v -> found.add(identifier(v.key(), v.versionId())));
      page.deleteMarkers().stream()
          .filter(m -> names.contains(m.key()))
          .forEach(m -> found.add(identifier(m.key(), m.versionId())));
      key = page.nextKeyMarker();
      version = page.nextVersionIdMarker();
      more = Boolean.TRUE.equals(page.isTruncated()) && key != null && key.compareTo(last) <= 0;
    }
    return found;
  }

  private static ObjectIdentifier identifier(String key, String version) {
    return ObjectIdentifier.builder().key(key).versionId(version).build();
  }

  /** A marker right before the name. */
  private static String before(String name) {
    int end = name.length() - 1;
    return name.substring(0, end) + (char) (name.charAt(end) - 1) + LAST;
  }

  private static String commonPrefix(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return one.substring(0, same);
  }

  /**
   * Until when a version cannot be deleted; empty if it can.
   *
   * @param version null for the current one
   */
  Optional<Instant> lockedUntil(String name, @Nullable String version) {
    HeadObjectResponse head;
    try {
      head = client.headObject(r -> r.bucket(bucket).key(name).versionId(version));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
    if (head.objectLockLegalHoldStatus() == ObjectLockLegalHoldStatus.ON) {
      return Optional.of(Instant.MAX);
    }
    return Optional.ofNullable(head.objectLockRetainUntilDate())
        .filter(until -> until.isAfter(Instant.now()));
  }
}
