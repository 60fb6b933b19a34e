package io.nsqlops.backup.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a database as {@code --source} takes it: {@code tidb://user@host:4000}. It never
 * carries a password, so it may be printed.
 */
public record SourceUri(String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>[a-z]+)://(?:(?<user>[^@/?]*)@)?(?<host>\\[[^]]+]|[^:/?@]+)"
              + "(?::(?<port>\\d{1,5}))?(?:[/?].*)?");
  private static final Pattern PASSWORD_PARAMETER = Pattern.compile("(?i)[?&]password[0-9]?=");
  private static final List<String> SCHEMES =
      List.of("mysql", "mariadb", "tidb", "oceanbase", "postgresql", "cockroachdb");

  public SourceUri {
    // Messages must not repeat the text: somebody may have put a password into it.
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must look like mysql://user@host:port");
    }
    if (!SCHEMES.contains(matcher.group("scheme"))) {
      throw new IllegalArgumentException("must begin with one of " + String.join(", ", SCHEMES));
    }
    String user = matcher.group("user");
    boolean inUser = user != null && user.contains(":");
    if (inUser || PASSWORD_PARAMETER.matcher(text).find()) {
      throw new IllegalArgumentException("must not contain a password; use secrets.db-password");
    }
  }

  public String scheme() {
    return part("scheme");
  }

  public String host() {
    return part("host");
  }

  /** The port written, or the usual one of the engine. */
  public int port() {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches() && matcher.group("port") != null) {
      return Integer.parseInt(matcher.group("port"));
    }
    return switch (scheme()) {
      case "tidb" -> 4000;
      case "oceanbase" -> 2881;
      case "postgresql" -> 5432;
      case "cockroachdb" -> 26257;
      default -> 3306;
    };
  }

  private String part(String group) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException("checked on construction");
    }
    return matcher.group(group);
  }

  @Override
  public String toString() {
    return text;
  }
}
