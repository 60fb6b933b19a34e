package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Events whose last time is over. A server drops such an event as soon as it is made, if it is not
 * to be preserved; one that were enabled it would run at once, late.
 */
public final class ExpiredEvent {
  private static final String NAME = "`(?:[^`]|``)*`";

  /** As SHOW CREATE EVENT prints it; the groups are its parts in their order. */
  private static final Pattern PRINTED =
      Pattern.compile(
          "CREATE((?: DEFINER=%1$s@%1$s)? EVENT %1$s)( ON SCHEDULE ".formatted(NAME)
              + "(?:AT|EVERY (?:'[^']*'|\\d+) \\w+(?: STARTS '[^']*')? ENDS) '([^']*)') ON COMPLETION"
              + " (NOT )?PRESERVE (?:ENABLE|DISABLE)(.*)",
          Pattern.DOTALL);

  private ExpiredEvent() {}

  /** By the clock of the server; what the event is set to does not matter. */
  static boolean is(SchemaObject object, Catalogue catalogue) {
    return expired(object, catalogue).isPresent();
  }

  /**
   * The statements that make an object, and keep it if it is an event whose time is over: disabled,
   * as the server itself makes those that are to be preserved.
   */
  public static List<RawText> kept(SchemaObject object, Catalogue catalogue) {
    return expired(object, catalogue)
        .filter(event -> event.group(4) != null)
        .map(ExpiredEvent::disabled)
        .orElse(object.statements());
  }

  private static List<RawText> disabled(Matcher event) {
    return List.of(
        RawText.ofLatin1(
            "CREATE%s%s ON COMPLETION PRESERVE DISABLE%s"
                .formatted(event.group(1), event.group(2), event.group(5))),
        // the definer again: else it would be who alters it
        RawText.ofLatin1("ALTER%s ON COMPLETION NOT PRESERVE".formatted(event.group(1))));
  }

  /** The parts of an event whose time is over; empty if the object is none. */
  private static Optional<Matcher> expired(SchemaObject object, Catalogue catalogue) {
    if (object.kind() != Kind.EVENT || object.statements().isEmpty()) {
      return Optional.empty();
    }
    Matcher event = PRINTED.matcher(object.statements().get(0).latin1());
    boolean over =
        event.matches()
            && catalogue
                .one(
                    "SELECT CONVERT_TZ(%s, %s, '+00:00') < UTC_TIMESTAMP()"
                        .formatted(
                            Sql.string(event.group(3)),
                            Sql.string(object.session().getOrDefault("time_zone", "SYSTEM"))))
                .equals("1");
    return over ? Optional.of(event) : Optional.empty();
  }
}
