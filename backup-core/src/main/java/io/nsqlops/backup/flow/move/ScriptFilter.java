package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.read.DumpOrigin;
import io.nsqlops.backup.dump.read.Statement;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.QuotedName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For one script of everything: gives it a database where it names none, keeps it away from the
 * server's own databases and from replication, and picks up where the server stood.
 */
final class ScriptFilter implements StatementFilter {
  private static final Set<String> SYSTEM =
      Set.of("mysql", "sys", "performance_schema", "information_schema");

  private static final Pattern USE = Pattern.compile("(?is)^USE\\s+(`(?:[^`]|``)*`|[^\\s;*]+)");
  private static final Pattern CREATE_DATABASE =
      Pattern.compile(
          "(?is)^CREATE\\s+(?:DATABASE|SCHEMA)\\s+(?:/\\*.*?\\*/\\s*)?(?:IF\\s+NOT\\s+EXISTS\\s+)?"
              + "(`(?:[^`]|``)*`|[^\\s;*]+)");
  private static final Pattern COORDINATES =
      Pattern.compile(
          "(?i)CHANGE (?:MASTER|REPLICATION SOURCE) TO .*?_LOG_FILE='([^']+)',"
              + " *(?:MASTER|SOURCE)_LOG_POS=(\\d+)");
  private static final Pattern GTID =
      Pattern.compile(
          "(?is)(?:GTID_PURGED\\s*=\\s*(?:/\\*.*?\\*/)?|gtid_slave_pos\\s*=)\\s*'([^']*)'");

  private static final Pattern ACCOUNT =
      Pattern.compile(
          "(?is)^(?:(?:CREATE|ALTER|DROP|RENAME)\\s+(?:OR\\s+REPLACE\\s+)?(?:USER|ROLE|SERVER)\\b"
              + "|GRANT\\b|REVOKE\\b|SET\\s+(?:DEFAULT\\s+)?ROLE\\b|SET\\s+PASSWORD\\b"
              + "|(?:UN)?INSTALL\\b|EXECUTE\\s+IMMEDIATE\\s+CONCAT\\('SET ROLE)");

  /** What mysqldump and our own export write first, and nothing else has at the head of a line. */
  private static final Pattern BEGIN =
      Pattern.compile("(?m)^-- (?:(?:MySQL|MariaDB) dump \\d|nsql-ops backup )");

  private static final Pattern END = Pattern.compile("(?m)^-- (?:Dump completed|complete)");

  private static final String NO_DATABASE = "No database selected";

  private final String database;
  private final ReplayNotes notes;
  private DumpOrigin origin;
  private boolean begun;
  private boolean inSystem;
  private boolean started;
  private boolean completed;

  /**
   * For one script.
   *
   * @param database where statements go before the script names one; empty if that is not known
   */
  ScriptFilter(String database, DumpOrigin origin, ReplayNotes notes) {
    this.database = database;
    this.origin = origin;
    this.notes = notes;
  }

  /** With the position that the script told, if it did. */
  DumpOrigin origin() {
    return origin;
  }

  @Override
  public List<String> before(Statement statement, String verb) {
    frame(statement);
    look(statement.lead());
    boolean isAccount = ACCOUNT.matcher(statement.head()).find();
    if (begun || inSystem || statement.isEmpty() || isAccount || !needsDatabase(verb)) {
      return List.of();
    }
    Matcher makes = CREATE_DATABASE.matcher(statement.head());
    if (makes.find()) {
      return List.of();
    }
    if (database.isEmpty()) {
      return List.of(); // the statement may name it
    }
    begun = true;
    String name = QuotedName.of(database);
    return List.of("CREATE DATABASE IF NOT EXISTS " + name, "USE " + name);
  }

  @Override
  public boolean forgives(OpsException e) {
    if (String.valueOf(e.getMessage()).contains(NO_DATABASE)) {
      throw new OpsException(
          e.kind(), "--database", String.valueOf(e.getMessage()), "add --database NAME", e);
    }
    return false;
  }

  private static boolean needsDatabase(String verb) {
    return Set.of("CREATE", "DROP", "INSERT", "REPLACE", "ALTER", "LOAD").contains(verb);
  }

  @Override
  public boolean wants(Statement statement, String verb) {
    String head = statement.head();
    if (ACCOUNT.matcher(head).find()) {
      notes.add("left out: accounts, servers and plugins of the script");
      return false;
    }
    Matcher use = USE.matcher(head);
    if (use.find()) {
      begun = true;
      inSystem = isSystem(use.group(1));
      if (inSystem) {
        notes.add("left out: the server's own database " + use.group(1));
      }
    }
    Matcher makes = CREATE_DATABASE.matcher(head);
    boolean makesDatabase = makes.find();
    if (head.regionMatches(true, 0, "SET ", 0, 4) || verb.equals("CHANGE")) {
      String whole = new String(statement.sql(), StandardCharsets.ISO_8859_1);
      look(whole);
      boolean replication = verb.equals("CHANGE") || GTID.matcher(whole).find();
      if (replication) {
        return false;
      }
    }
    if (makesDatabase) {
      // it stands behind what belongs to the database before it
      return !isSystem(makes.group(1));
    }
    return !inSystem && !PartFilter.LOCKING.contains(verb);
  }

  private static boolean isSystem(String token) {
    String name = token.startsWith("`") ? token.substring(1, token.length() - 1) : token;
    return SYSTEM.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Scripts may stand one behind the other: each has its own beginning and end. */
  private void frame(Statement statement) {
    String lead = statement.lead();
    Matcher begin = BEGIN.matcher(lead);
    int at = 0;
    while (begin.find()) {
      completed |= END.matcher(lead.substring(at, begin.start())).find();
      if (started && !completed) {
        throw incomplete("the script that ends before line " + statement.line());
      }
      started = true;
      completed = false;
      at = begin.end();
    }
    completed |= END.matcher(lead.substring(at)).find();
  }

  private static OpsException incomplete(String what) {
    return new OpsException(
        ErrorKind.USAGE,
        "script",
        what + " is not whole: its last line, `-- Dump completed`, is missing",
        "dump again; see what the tool said at its end");
  }

  /** Comments tell where the server stood. */
  private void look(String text) {
    Matcher gtid = GTID.matcher(text);
    Matcher coordinates = COORDINATES.matcher(text);
    if (gtid.find() && !gtid.group(1).isBlank()) {
      origin = origin.withPosition("gtid:" + gtid.group(1).replaceAll("\\s", ""));
    } else if (coordinates.find() && origin.position().isEmpty()) {
      origin = origin.withPosition("binlog:" + coordinates.group(1) + ":" + coordinates.group(2));
    }
  }

  /** A script that says when it begins says when it ends, too, unless it was cut off. */
  @Override
  public void end(Path path) {
    if (started && !completed) {
      throw incomplete("the script " + path);
    }
    if (!completed) {
      notes.add(
          "nothing in %s tells whether it is whole: a script without comments, as of mysqldump --compact,"
                  .formatted(path)
              + " has no last line");
    }
  }
}
