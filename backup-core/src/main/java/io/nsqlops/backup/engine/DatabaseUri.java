package io.nsqlops.backup.engine;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.UriQuery;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which database: {@code mysql://user@host:port?sslMode=REQUIRED}. A password has no place in it.
 *
 * @param scheme names the kind of server
 * @param parameters handed to the driver as they are
 */
public record DatabaseUri(
    String scheme, String user, String host, int port, Map<String, String> parameters) {
  private static final Map<String, Integer> PORTS =
      Map.of("mysql", 3306, "mariadb", 3306, "tidb", 4000);

  /** Of servers that a configuration may name, for what works with any of them. */
  private static final Set<String> LATER = Set.of("oceanbase", "postgresql", "cockroachdb");

  public DatabaseUri {
    parameters = Map.copyOf(parameters);
  }

  /** Reads the form above; USAGE with a hint if it is not that. */
  public static DatabaseUri parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw usage(withoutSecrets(text), "is not a URL: " + e.getReason());
    }
    Integer port = uri.getScheme() == null ? null : PORTS.get(uri.getScheme());
    if (port == null) {
      String known = String.join(", ", new TreeSet<>(PORTS.keySet()));
      throw usage(
          withoutSecrets(text),
          uri.getScheme() != null && LATER.contains(uri.getScheme())
              ? "is of a server that cannot be backed up yet; those of these schemes can: " + known
              : "has none of the schemes " + known);
    }
    if (uri.getHost() == null) {
      throw usage(withoutSecrets(text), "names no host");
    }
    if (uri.getRawPath().length() > 1) {
      throw new OpsException(
          ErrorKind.USAGE,
          withoutSecrets(text),
          "database URL " + withoutSecrets(text) + " names a database, which would be ignored",
          "leave out %s and choose databases with --include, or other names with --rename A=B"
              .formatted(uri.getRawPath()));
    }
    String user = uri.getUserInfo() == null ? "root" : uri.getUserInfo();
    Map<String, String> parameters;
    try {
      parameters = UriQuery.parse(uri.getRawQuery());
    } catch (IllegalArgumentException e) {
      throw usage(withoutSecrets(text), String.valueOf(e.getMessage()));
    }
    if (user.contains(":") || parameters.keySet().stream().anyMatch(DatabaseUri::isSecret)) {
      throw new OpsException(
          ErrorKind.USAGE,
          withoutSecrets(text),
          "the database URL holds a password, where everyone can read it",
          "put the password into NSQL_OPS_DB_PASSWORD or a --password-file");
    }
    return new DatabaseUri(
        uri.getScheme(), user, uri.getHost(), uri.getPort() < 0 ? port : uri.getPort(), parameters);
  }

  private static OpsException usage(String text, String what) {
    return new OpsException(
        ErrorKind.USAGE,
        text,
        "database URL " + text + " " + what,
        "write it as mysql://user@host:3306, mariadb://… or tidb://…");
  }

  /** Driver parameters that hold secrets. That of a trust store guards nothing but itself. */
  private static boolean isSecret(String parameter) {
    String name = parameter.toLowerCase(Locale.ROOT);
    return name.contains("password") && !name.equals("trustcertificatekeystorepassword");
  }

  /** Neither what stands before the host nor the parameters, however wrong the text is. */
  private static String withoutSecrets(String text) {
    int query = text.indexOf('?');
    String place = query < 0 ? text : text.substring(0, query);
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return place;
    }
    int slashes = place.indexOf("//");
    String scheme = slashes < 0 ? "" : place.substring(0, slashes + 2);
    return scheme + "***@" + (at < place.length() ? place.substring(at + 1) : "***");
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
