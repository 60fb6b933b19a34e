package io.nsqlops.backup.store;

import io.nsqlops.backup.error.OpsException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository is, as users write it: {@code
 * s3://bucket/prefix?endpoint=URL&region=R&path-style=true}, {@code file:///dir} or {@code dir}.
 */
public sealed interface StoreUri {

  /** One function for each kind of place. */
  <T> T map(Function<S3, T> s3, Function<Directory, T> directory);

  /**
   * A bucket, or a part of one.
   *
   * @param prefix without slashes at its ends; may be empty
   * @param endpoint null for AWS itself
   * @param region null to ask the SDK's default chain
   * @param pathStyle bucket in the path rather than in the host name
   * @param options all the rest
   * @param text the address as it was given
   */
  record S3(
      String bucket,
      String prefix,
      @Nullable URI endpoint,
      @Nullable String region,
      boolean pathStyle,
      S3Options options,
      String text)
      implements StoreUri {
    @Override
    public <T> T map(Function<S3, T> s3, Function<Directory, T> directory) {
      return s3.apply(this);
    }

    /** For messages. */
    @Override
    public String toString() {
      String place = prefix.isEmpty() ? "s3://" + bucket : "s3://" + bucket + "/" + prefix;
      return endpoint == null ? place : place + "?endpoint=" + endpoint;
    }
  }

  /**
   * A directory; it need not exist yet.
   *
   * @param path absolute
   */
  record Directory(Path path) implements StoreUri {
    @Override
    public <T> T map(Function<S3, T> s3, Function<Directory, T> directory) {
      return directory.apply(this);
    }

    /** For messages. */
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * Reads any of the three forms.
   *
   * @throws OpsException USAGE if it is none of them
   */
  static StoreUri parse(String text) {
    return StoreUriParser.parse(text);
  }
}
