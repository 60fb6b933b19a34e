package io.nsqlops.backup.engine.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an account does not see although it may be there: servers leave out triggers, events and
 * routines an account has no right on, without a word. Told by the account's own grants, those of
 * its roles included. A right on single tables or routines does not count.
 */
final class BlindSpots {
  private static final Pattern GRANT =
      Pattern.compile(
          "GRANT (.+?) ON (\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`) TO .*", Pattern.DOTALL);
  private static final int NAMED = 5;

  private final Catalogue catalogue;
  private final List<Right> rights = new ArrayList<>();

  /**
   * A right on whole databases, or on one table of the server's own.
   *
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

  private BlindSpots(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** One line for each kind of thing that may be missing; none where all is seen. */
  static List<String> of(Catalogue catalogue, String engine) {
    if (!engine.equals("mariadb") && !engine.equals("mysql")) {
      return List.of();
    }
    BlindSpots spots = new BlindSpots(catalogue);
    spots.read(engine);
    List<String> databases = catalogue.databases();
    List<String> lines = new ArrayList<>();
    for (String right : List.of("TRIGGER", "EVENT")) {
      spots.unseen(databases, d -> spots.has(right, d), right + "S", right, lines);
    }
    spots.unseen(databases, d -> spots.seesRoutines(d, engine), "routines", "SELECT", lines);
    return lines;
  }

  private void read(String engine) {
    List<String> lines = new ArrayList<>();
    String roles = engine.equals("mysql") ? catalogue.one("SELECT CURRENT_ROLE()") : "NONE";
    String using = roles.equals("NONE") ? "" : " FOR CURRENT_USER() USING " + roles;
    catalogue.each("SHOW GRANTS" + using, List.of(), row -> lines.add(row.getString(1)));
    for (String line : lines) {
      Matcher grant = GRANT.matcher(line);
      if (grant.matches()) {
        List<String> names = List.of(grant.group(1).toUpperCase(Locale.ROOT).split(", ?"));
        rights.add(new Right(names, unquoted(grant.group(2)), unquoted(grant.group(3))));
      }
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

  private boolean has(String right, String database) {
    return rights.stream()
        .anyMatch(r -> r.table().equals("*") && r.isOn(database) && r.gives(right));
  }

  /** Routines and their text are seen by whoever may read where the server keeps them. */
  private boolean seesRoutines(String database, String engine) {
    if (has("SHOW_ROUTINE", database) || has("SHOW CREATE ROUTINE", database)) {
      return true;
    }
    boolean everywhere =
        rights.stream().anyMatch(r -> r.databases().equals("*") && r.gives("SELECT"));
    boolean catalogued =
        rights.stream()
            .filter(r -> r.table().equals("*") || r.table().equals("proc"))
            .anyMatch(r -> r.isOn("mysql") && r.gives("SELECT"));
    return everywhere || (engine.equals("mariadb") && catalogued);
  }

  private void unseen(
      List<String> databases,
      Predicate<String> seen,
      String what,
      String right,
      List<String> lines) {
    List<String> blind = databases.stream().filter(seen.negate()).toList();
    if (!blind.isEmpty()) {
      String more = blind.size() > NAMED ? " and %d more".formatted(blind.size() - NAMED) : "";
      String first = String.join(", ", blind.subList(0, Math.min(NAMED, blind.size())));
      String where = right.equals("SELECT") ? " ON *.*" : "";
      lines.add(
          "%s of %s%s cannot be seen, so any there are is not in the backup: the right %s%s is missing"
              .formatted(what.toLowerCase(Locale.ROOT), first, more, right, where));
    }
  }
}
