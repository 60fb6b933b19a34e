package io.nsqlops.logs.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Values of an HTTP header that log in to Elasticsearch and Kibana. */
public final class AuthorizationHeader {
  private AuthorizationHeader() {}

  /**
   * For an API key.
   *
   * @param key as Elasticsearch encodes it, or as {@code id:key}
   */
  public static String apiKey(String key) {
    return "ApiKey " + (key.contains(":") ? base64(key) : key);
  }

  public static String basic(String user, String password) {
    return "Basic " + base64(user + ':' + password);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
