package io.nsqlops.backup.engine;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;

/**
 * Which database: {@code mysql://user@host:port?sslMode=REQUIRED}. A password has no place in it.
 *
 * @param scheme names the kind of server
 * @param parameters handed to the driver as they are
 */
public record DatabaseUri(
    String scheme, String user, String host, int port, Map<String, String> parameters) {
  private static final Map<String, Integer> PORTS =
      Map.of("mysql", 3306, "mariadb", 3306, "tidb", 4000, "oceanbase", 2881);

  public DatabaseUri {
    parameters = Map.copyOf(parameters);
  }

  /** Reads the form above; USAGE with a hint if it is not that. */
  public static DatabaseUri parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw usage(text, "is not a URL: " + e.getReason(), e);
    }
    Integer port = uri.getScheme() == null ? null : PORTS.get(uri.getScheme());
    if (port == null) {
      throw usage(
          withoutSecrets(text), "has none of the schemes " + Set.copyOf(PORTS.keySet()), null);
    }
    if (uri.getHost() == null) {
      throw usage(withoutSecrets(text), "names no host", null);
    }
    String user = uri.getUserInfo() == null ? "root" : uri.getUserInfo();
    if (user.contains(":")) {
      throw new OpsException(
          ErrorKind.USAGE,
          withoutSecrets(text),
          "the database URL holds a password, where everyone can read it",
          "put the password into NSQL_OPS_DB_PASSWORD or a --password-file");
    }
    Map<String, String> parameters = io.nsqlops.backup.model.UriQuery.parse(uri.getRawQuery());
    return new DatabaseUri(
        uri.getScheme(), user, uri.getHost(), uri.getPort() < 0 ? port : uri.getPort(), parameters);
  }

  private static OpsException usage(
      String text, String what, @org.jspecify.annotations.Nullable Throwable cause) {
    return new OpsException(
        ErrorKind.USAGE,
        text,
        "database URL " + text + " " + what,
        "write it as mysql://user@host:3306, mariadb://…, tidb://… or oceanbase://…",
        cause);
  }

  private static String withoutSecrets(String text) {
    return text.replaceFirst("//([^/@:]*):[^/@]*@", "//$1:***@");
  }

  /** Host and port. */
  public String address() {
    return host + ":" + port;
  }

  /** The URL without parameters: names the source in manifests and messages. */
  @Override
  public String toString() {
    return scheme + "://" + user + "@" + address();
  }
}
