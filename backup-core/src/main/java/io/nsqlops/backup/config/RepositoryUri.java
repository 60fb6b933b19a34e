package io.nsqlops.backup.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a repository as {@code --repo} takes it: {@code s3://bucket/prefix?…}, {@code
 * file:///dir} or a directory. It never carries keys, so it may be printed.
 */
public record RepositoryUri(String text) {
  private static final Pattern S3 =
      Pattern.compile("s3://[A-Za-z0-9][A-Za-z0-9._-]*(?:/[^?]*)?(?:\\?.*)?");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern AUTHORITY = Pattern.compile("([?&]ca=)[^&]*");
  private static final Pattern ENDPOINT = Pattern.compile("[?&]endpoint=([^&]+)");

  public RepositoryUri {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must be s3://bucket/prefix, file:///dir or a directory");
    }
    if (text.startsWith("s3://")) {
      // The message must not repeat the text: somebody may have put keys before the bucket.
      if (!S3.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "must look like s3://bucket/prefix; access keys come from the environment, not from"
                + " here");
      }
    } else if (text.startsWith("file:")) {
      if (!text.startsWith("file:///")) {
        throw new IllegalArgumentException("must look like file:///dir, with an absolute path");
      }
    } else if (SCHEME.matcher(text).matches()) {
      throw new IllegalArgumentException("must be s3://bucket/prefix, file:///dir or a directory");
    }
  }

  public boolean isS3() {
    return text.startsWith("s3://");
  }

  /** The directory of a repository in the file system. */
  public Optional<Path> directory() {
    if (isS3()) {
      return Optional.empty();
    }
    return Optional.of(text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text));
  }

  /** The endpoint of an S3 repository, where one is named. */
  public Optional<URI> endpoint() {
    return ENDPOINT.matcher(text).results().findFirst().map(found -> URI.create(found.group(1)));
  }

  /** Whether an S3 repository names a file of certificates to trust. */
  public boolean hasAuthority() {
    return isS3() && AUTHORITY.matcher(text).find();
  }

  /** The same, but that file lies here. */
  public RepositoryUri withAuthority(String file) {
    return new RepositoryUri(
        AUTHORITY.matcher(text).replaceFirst("$1" + Matcher.quoteReplacement(file)));
  }

  @Override
  public String toString() {
    return text;
  }
}
