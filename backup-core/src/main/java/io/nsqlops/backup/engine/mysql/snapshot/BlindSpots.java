package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.OwnGrants;
import io.nsqlops.backup.error.OpsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What an account does not see although it may be there: servers leave out triggers, events and
 * routines an account has no right on, without a word.
 */
final class BlindSpots {
  private static final int NAMED = 5;

  private final String engine;
  private final OwnGrants grants;
  private final List<String> databases;
  private final List<String> lines = new ArrayList<>();

  private BlindSpots(Catalogue catalogue, String engine, Predicate<String> wanted) {
    this.engine = engine;
    this.grants = OwnGrants.of(catalogue, engine);
    this.databases = catalogue.databases().stream().filter(wanted).toList();
  }

  /** One line for each kind of thing that may be missing; none where all is seen. */
  static List<String> of(Catalogue catalogue, String engine, Predicate<String> databases) {
    if (!engine.equals("mariadb") && !engine.equals("mysql")) {
      return List.of();
    }
    BlindSpots spots = new BlindSpots(catalogue, engine, databases);
    for (String right : List.of("TRIGGER", "EVENT")) {
      spots.unseen(d -> spots.grants.on(d, right), right.toLowerCase(Locale.ROOT) + "s", right);
    }
    spots.unseen(spots::seesRoutines, "routines", "SELECT ON *.*");
    if (hidesEvents(catalogue) && !spots.haveNoEvents(catalogue)) {
      spots.lines.add(
          "events cannot be seen, so any there are is not in the backup: event_scheduler is DISABLED");
    }
    return spots.lines;
  }

  /** With this setting MariaDB shows none, not even to those who may see them. */
  static boolean hidesEvents(Catalogue catalogue) {
    return catalogue.one("SELECT VERSION()").contains("MariaDB")
        && catalogue.one("SELECT @@event_scheduler").equals("DISABLED");
  }

  /** Whether there is none for certain. */
  private boolean haveNoEvents(Catalogue catalogue) {
    try {
      List<String> found = new ArrayList<>();
      catalogue.each(
          "SELECT DISTINCT db FROM mysql.event", List.of(), row -> found.add(row.getString(1)));
      return found.stream().noneMatch(databases::contains);
    } catch (OpsException e) {
      if (MysqlErrors.isRights(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Routines and their text are seen by whoever may read where the server keeps them. */
  private boolean seesRoutines(String database) {
    boolean shown =
        grants.on(database, "SHOW_ROUTINE") || grants.on(database, "SHOW CREATE ROUTINE");
    boolean catalogued = engine.equals("mariadb") && grants.on("mysql", "proc", "SELECT");
    return shown || catalogued || grants.everywhere("SELECT");
  }

  private void unseen(Predicate<String> seen, String what, String right) {
    List<String> blind = databases.stream().filter(seen.negate()).toList();
    if (blind.isEmpty()) {
      return;
    }
    String more = blind.size() > NAMED ? " and %d more".formatted(blind.size() - NAMED) : "";
    lines.add(
        "%s of %s%s cannot be seen, so any there are is not in the backup: the right %s is missing"
            .formatted(
                what,
                String.join(", ", blind.subList(0, Math.min(NAMED, blind.size()))),
                more,
                right));
  }
}
