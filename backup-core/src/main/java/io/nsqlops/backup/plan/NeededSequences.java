package io.nsqlops.backup.plan;

import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sequences that tables take default values from: without them a table cannot be made. */
public final class NeededSequences {
  private static final Pattern CALL =
      Pattern.compile(
          "(?i)(?:nextval|lastval|setval)\\s*\\(\\s*(`(?:[^`]|``)*`)\\.(`(?:[^`]|``)*`)");

  private final Set<TableName> names = new HashSet<>();

  /** Notes what a table needs. */
  public synchronized void of(Table table) {
    RawText ddl = table.ddl();
    Matcher matcher = CALL.matcher(ddl.latin1());
    while (matcher.find()) {
      names.add(
          new TableName(
              QuotedName.unquoted(matcher.group(1)), QuotedName.unquoted(matcher.group(2))));
    }
  }

  /** Whether this is one of them. */
  public synchronized boolean contains(SchemaObject object) {
    return object.kind() == SchemaObject.Kind.SEQUENCE
        && names.contains(new TableName(object.database(), object.name()));
  }
}
