package io.nsqlops.backup.store.s3;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectKeys;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.StoreCapabilities;
import io.nsqlops.backup.store.StoreUri;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects in a bucket. Every object is one PUT of known length from memory, so that it can be
 * repeated and nothing half-done stays behind.
 */
public final class S3ObjectStore implements ObjectStore {
  private final StoreUri.S3 uri;
  private final SdkHttpClient http;
  private final S3Client client;
  private final S3Client onceOnly;
  private final S3Errors errors;
  private final Puts puts;
  private final ConditionalPut conditionalPut;
  private final BatchDelete batchDelete;

  /** Where objects are locked. */
  private final @Nullable VersionDelete versions;

  private final String prefix;
  private final int pageSize;

  /** Found by the first conditional put or {@link #probe()}; a race finds the same twice. */
  private volatile @Nullable StoreCapabilities capabilities;

  /** With the credentials of the profile that the address names, else of the SDK's chain. */
  public S3ObjectStore(StoreUri.S3 uri) {
    this(uri, S3Settings.of(uri.options()), S3Clients.credentials(uri));
  }

  public S3ObjectStore(StoreUri.S3 uri, S3Settings settings, AwsCredentialsProvider credentials) {
    this.uri = uri;
    this.errors = new S3Errors(uri);
    this.prefix = uri.prefix().isEmpty() ? "" : uri.prefix() + "/";
    this.pageSize = settings.pageSize();
    this.http = S3Clients.http(uri, settings);
    try {
      this.client = S3Clients.create(uri, settings, settings.maxAttempts(), credentials, http);
      this.onceOnly = S3Clients.create(uri, settings, 1, credentials, http);
    } catch (SdkException e) {
      http.close();
      throw errors.translate(e, "use", "the bucket");
    }
    this.puts = new Puts(uri, prefix);
    this.conditionalPut = new ConditionalPut(onceOnly, puts, settings);
    this.batchDelete = new BatchDelete(client);
    this.versions =
        uri.options().objectLock() == null ? null : new VersionDelete(client, uri.bucket());
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    StoreCapabilities known = capabilities;
    // A store that ignores the condition would overwrite, so the first put asks what this one does.
    if ((known == null ? probe() : known).conditionalPut()) {
      return create(key, content);
    }
    if (head(key).isPresent()) {
      return false;
    }
    put(key, content);
    return true;
  }

  private boolean create(String key, byte[] content) {
    try {
      return conditionalPut.attempt(checked(key), content);
    } catch (S3Exception e) {
      // MinIO was seen to answer this to one of many that create the same object
      Optional<byte[]> found = e.statusCode() == 403 ? readable(key) : Optional.empty();
      if (found.isPresent()) {
        return Arrays.equals(found.get(), content);
      }
      throw errors.translate(e, "write", key);
    } catch (SdkException e) {
      throw errors.translate(e, "write", key);
    } catch (ConditionalPut.LostReplyException e) {
      return wasWritten(key, content, e.last());
    }
  }

  /** What is there, if it can be had. */
  private Optional<byte[]> readable(String key) {
    try {
      return get(key);
    } catch (OpsException e) {
      return Optional.empty();
    }
  }

  /** After a lost reply: the object in place is ours if and only if its content is. */
  private boolean wasWritten(String key, byte[] content, SdkException lost) {
    Optional<byte[]> found;
    try {
      found = get(key);
    } catch (OpsException e) {
      throw new OpsException(
          ErrorKind.COMMIT_UNKNOWN,
          key,
          "the reply to writing "
              + key
              + " was lost, and it cannot be read back: "
              + e.getMessage(),
          "Look at the repository (list) once the store answers again; nothing was cleaned up.",
          e);
    }
    if (found.isEmpty()) {
      throw errors.translate(lost, "write", key);
    }
    return Arrays.equals(found.get(), content);
  }

  @Override
  public void put(String key, byte[] content) {
    call("write", key, () -> puts.put(client, checked(key), content, false));
  }

  @Override
  public Optional<byte[]> get(String key) {
    return call(
        "read",
        key,
        () -> {
          try {
            return Optional.of(
                client.getObject(r -> r.bucket(uri.bucket()).key(name(key)), new WholeObject()));
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return call(
        "look at",
        key,
        () -> {
          try {
            HeadObjectResponse head = client.headObject(r -> r.bucket(uri.bucket()).key(name(key)));
            return Optional.of(new ObjectInfo(key, head.contentLength(), head.lastModified()));
          } catch (S3Exception e) {
            if (e.statusCode() == 404) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @Override
  public Stream<ObjectInfo> list(String keyPrefix) {
    String full = prefix + ObjectKeys.checkPrefix(keyPrefix);
    S3Listing listing =
        new S3Listing(
            token ->
                call(
                    "list",
                    keyPrefix.isEmpty() ? "the objects" : keyPrefix + "*",
                    () ->
                        client.listObjectsV2(
                            r ->
                                r.bucket(uri.bucket())
                                    .prefix(full)
                                    .maxKeys(pageSize)
                                    .continuationToken(token))),
            prefix.length());
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            listing, Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL),
        false);
  }

  @Override
  public void delete(String key) {
    String name = name(key);
    call(
        "delete",
        key,
        () -> {
          // what is locked is hidden at least
          if (versions == null || !versions.delete(List.of(name)).isEmpty()) {
            client.deleteObject(r -> r.bucket(uri.bucket()).key(name));
          }
          return true;
        });
  }

  @Override
  public Set<String> deleteAll(List<String> keys) {
    List<String> names = keys.stream().map(this::name).toList();
    return call(
        "delete",
        keys.size() == 1 ? keys.get(0) : keys.size() + " objects",
        () -> {
          if (versions != null) {
            return versions.delete(names).stream()
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toSet());
          }
          batchDelete.delete(uri.bucket(), names);
          return Set.of();
        });
  }

  @Override
  public Optional<Instant> protectedUntil(String key) {
    String name = name(key);
    return versions == null
        ? Optional.empty()
        : call("look at", key, () -> versions.lockedUntil(name, null));
  }

  @Override
  public StoreCapabilities probe() {
    String key = ObjectKeys.PROBE + UUID.randomUUID();
    StoreCapabilities found;
    try {
      boolean conditional = create(key, new byte[] {1}) && !create(key, new byte[] {2});
      found = new StoreCapabilities(conditional, keepsVersions(key));
    } catch (OpsException e) {
      if (!(e.getCause() instanceof S3Exception answer) || answer.statusCode() != 501) {
        throw e;
      }
      // It knows the condition and says that it does not serve it.
      found = new StoreCapabilities(false, false);
    } finally {
      forget(key);
    }
    capabilities = found;
    return found;
  }

  /** An object has a version of its own where the bucket keeps the old ones. */
  private boolean keepsVersions(String key) {
    String name = name(key);
    return call(
        "look at",
        key,
        () -> {
          @Nullable String version =
              client.headObject(r -> r.bucket(uri.bucket()).key(name)).versionId();
          return version != null && !version.equals("null");
        });
  }

  /** Credentials that may only append are a good practice: then a few bytes stay behind. */
  private void forget(String key) {
    try {
      delete(key);
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.USAGE) {
        throw e;
      }
    }
  }

  @Override
  public String location() {
    return uri.toString();
  }

  @Override
  public String address() {
    return uri.text();
  }

  @Override
  public void close() {
    client.close();
    onceOnly.close();
    http.close();
  }

  private String name(String key) {
    return prefix + checked(key);
  }

  private static String checked(String key) {
    return ObjectKeys.check(key);
  }

  private <T> T call(String verb, String object, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw errors.translate(e, verb, object);
    }
  }
}
