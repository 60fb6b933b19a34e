package io.nsqlops.backup.engine.mysql.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the account of a session may do on whole databases, by what the server says of it; rights of
 * its roles included. A right on a single table, column or routine is not looked at, but for tables
 * of the server's own.
 */
public final class OwnGrants {
  private static final Pattern GRANT =
      Pattern.compile(
          "GRANT (.+?) ON (\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`) TO .*", Pattern.DOTALL);

  private final List<Right> rights = new ArrayList<>();

  /**
   * @param databases a pattern as of LIKE; {@code *} for all
   * @param table {@code *} for all
   */
  private record Right(List<String> names, String databases, String table) {
    boolean gives(String right) {
      return names.contains(right) || names.contains("ALL PRIVILEGES");
    }

    boolean isOn(String database) {
      return databases.equals("*") || like(databases).matcher(database).matches();
    }
  }

  private OwnGrants() {}

  /** Asks the server. */
  public static OwnGrants of(Catalogue catalogue, String engine) {
    String roles = engine.equals("mysql") ? catalogue.one("SELECT CURRENT_ROLE()") : "NONE";
    String using = roles.equals("NONE") ? "" : " FOR CURRENT_USER() USING " + roles;
    OwnGrants grants = new OwnGrants();
    catalogue.each("SHOW GRANTS" + using, List.of(), row -> grants.add(row.getString(1)));
    return grants;
  }

  private void add(String line) {
    Matcher grant = GRANT.matcher(line);
    if (grant.matches()) {
      List<String> names = List.of(grant.group(1).toUpperCase(Locale.ROOT).split(", ?"));
      rights.add(new Right(names, unquoted(grant.group(2)), unquoted(grant.group(3))));
    }
  }

  private static String unquoted(String name) {
    return name.equals("*") ? name : name.substring(1, name.length() - 1).replace("``", "`");
  }

  private static Pattern like(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '%' -> regex.append(".*");
        case '_' -> regex.append('.');
        default -> {
          boolean escape = c == '\\' && i + 1 < pattern.length();
          regex.append(Pattern.quote(String.valueOf(escape ? pattern.charAt(++i) : c)));
        }
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** Whether a right is held on everything in a database. */
  public boolean on(String database, String right) {
    return rights.stream()
        .anyMatch(r -> r.table().equals("*") && r.isOn(database) && r.gives(right));
  }

  /** Whether a right is held on one table. */
  public boolean on(String database, String table, String right) {
    return on(database, right)
        || rights.stream()
            .anyMatch(r -> r.table().equals(table) && r.isOn(database) && r.gives(right));
  }

  /** Whether a right is held on all databases. */
  public boolean everywhere(String right) {
    return rights.stream()
        .anyMatch(r -> r.databases().equals("*") && r.table().equals("*") && r.gives(right));
  }
}
