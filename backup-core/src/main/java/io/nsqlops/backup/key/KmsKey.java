package io.nsqlops.backup.key;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A key in a key management service, as a user names it.
 *
 * @param id ARN, id or {@code alias/…}
 * @param endpoint null for AWS itself
 * @param region null for that of the ARN, else of the SDK's default chain
 */
public record KmsKey(String id, @Nullable URI endpoint, @Nullable String region) {

  public KmsKey {
    id = checkedId(id);
    if (endpoint != null) {
      checkedEndpoint(endpoint.toString());
    }
    if (region != null) {
      checkedRegion(region);
    }
  }

  /** The text itself, if it can be a key's id. */
  public static String checkedId(String text) {
    if (!text.matches("[A-Za-z0-9:/_.-]{1,2048}")) {
      throw new IllegalArgumentException("must be the ARN or id of a key, or alias/NAME");
    }
    return text;
  }

  /** The address, if it can be a service's. */
  public static URI checkedEndpoint(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, without the text: it may hold a password
    }
    throw new IllegalArgumentException("must look like http(s)://host:port");
  }

  /** The text itself, if it can be a region. */
  public static String checkedRegion(String text) {
    if (!text.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("must be the name of a region");
    }
    return text;
  }
}
