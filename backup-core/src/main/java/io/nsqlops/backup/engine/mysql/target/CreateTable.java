package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The output of SHOW CREATE TABLE, taken apart: its items (columns, keys, constraints) and what
 * follows them. Works on Latin-1 text, which keeps every byte as it is.
 */
public final class CreateTable {
  private static final Pattern KEY =
      Pattern.compile("(UNIQUE |FULLTEXT |SPATIAL |VECTOR )?(KEY|INDEX) .*", Pattern.DOTALL);
  private static final Pattern FOREIGN =
      Pattern.compile("(CONSTRAINT `(?:[^`]|``)*` )?FOREIGN KEY .*", Pattern.DOTALL);
  private static final Pattern CHECK =
      Pattern.compile("CONSTRAINT `(?:[^`]|``)*` CHECK \\(.*", Pattern.DOTALL);
  private static final Pattern STORED =
      Pattern.compile(" GENERATED .*\\) (?:STORED|PERSISTENT)\\b");
  private static final Pattern NAMED = Pattern.compile("(?:KEY|INDEX|CONSTRAINT) `((?:[^`]|``)*)`");

  private static final String UNKNOWN_OPTION = "/* `";
  private static final String NOT_NULL = "NOT NULL";
  private static final String COUNTER = " AUTO_INCREMENT";

  /** As TiDB prints it; within a quoted comment its quotes would be doubled. */
  private static final String EXPIRING = "TTL_ENABLE='ON'";

  private static final String KEEPING = "TTL_ENABLE='OFF'";

  private final List<String> items = new ArrayList<>();
  private final String tail;

  private CreateTable(String ddl) {
    int open = afterName(ddl);
    int at = open + 1;
    int begin = at;
    int depth = 1;
    while (depth > 0) {
      char c = ddl.charAt(at);
      if (c == '`' || c == '\'' || c == '"') {
        at = QuotedText.end(ddl, at);
        continue;
      }
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
      if ((c == ',' && depth == 1) || depth == 0) {
        items.add(ddl.substring(begin, at).strip());
        begin = at + 1;
      }
      at++;
    }
    tail = ddl.substring(at);
  }

  public static CreateTable parse(RawText ddl) {
    return new CreateTable(withOptions(ddl.latin1()));
  }

  /**
   * MariaDB prints in comments what of the options of columns, keys and tables no storage engine of
   * its own knows, or knows no more; it keeps them if it reads them again. To other servers they
   * stay comments.
   */
  private static String withOptions(String ddl) {
    if (!ddl.contains(UNKNOWN_OPTION)) {
      return ddl;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < ddl.length()) {
      char c = ddl.charAt(at);
      int end = c == '`' || c == '\'' || c == '"' ? QuotedText.end(ddl, at) : at + 1;
      if (ddl.startsWith(UNKNOWN_OPTION, at)) {
        end = at + 2;
        out.append("/*M!");
      } else {
        out.append(ddl, at, end);
      }
      at = end;
    }
    return out.toString();
  }

  /** Position of the parenthesis behind the table's name. */
  private static int afterName(String ddl) {
    int at = ddl.indexOf('`');
    at = QuotedText.end(ddl, at);
    return ddl.indexOf('(', at);
  }

  /** Whether a timestamp has no default: older servers give it one, and change it by themselves. */
  boolean hasTimestampWithoutDefault() {
    return columns()
        .anyMatch(
            item ->
                ZonedItems.TIMESTAMP.matcher(item).find()
                    && item.contains(NOT_NULL)
                    && !item.contains(" DEFAULT ")
                    && !item.contains("GENERATED"));
  }

  /** What may come out otherwise in another time zone. */
  private ZonedItems zoned() {
    return ZonedItems.of(items.stream().filter(item -> item.startsWith("`")).toList());
  }

  /**
   * Whether rows may be tested by, or hold or be found by, what the time zone of a session has a
   * say in.
   */
  boolean computesByZone() {
    ZonedItems zoned = zoned();
    return !zoned.generated().isEmpty()
        || items.stream().anyMatch(item -> !item.startsWith("`") && isZoned(item, zoned));
  }

  /** A check, or a key of an expression. Other keys are of columns. */
  private static boolean isZoned(String item, ZonedItems zoned) {
    return (isCheck(item) || isOfExpression(item)) && zoned.mayDecide(item);
  }

  private static boolean isOfExpression(String item) {
    return KEY.matcher(item).matches() && QuotedText.without(item).contains("((");
  }

  /** Whether there are generated columns whose values are stored. */
  boolean hasStoredComputation() {
    return columns().anyMatch(item -> STORED.matcher(item).find());
  }

  private Stream<String> columns() {
    return items.stream().filter(item -> item.startsWith("`")).map(QuotedText::without);
  }

  /** Whether the server deletes rows by itself when their time to live is over (TiDB). */
  public boolean hasTimeToLive() {
    return tail.contains(EXPIRING);
  }

  /** The statement that begins or ends the deletion of rows whose time to live is over. */
  public static String expire(TableName as, boolean on) {
    return "ALTER TABLE " + Sql.name(as) + " TTL_ENABLE='" + (on ? "ON" : "OFF") + "'";
  }

  /**
   * The statement without the deferred indexes, without foreign keys, with time to live off.
   *
   * @param deferChecks whether checks that may be of another mind in another time zone are left out
   */
  public RawText create(TableName as, boolean deferIndexes, boolean deferChecks) {
    List<String> kept = new ArrayList<>(items);
    kept.removeIf(CreateTable::isForeignKey);
    if (deferChecks) {
      ZonedItems zoned = zoned();
      kept.removeIf(item -> isCheck(item) && zoned.mayDecide(item));
    }
    if (deferIndexes) {
      kept.removeAll(deferred());
    }
    kept.replaceAll(CreateTable::nullable);
    return RawText.ofLatin1(
        "CREATE TABLE "
            + utf8(as)
            + " (\n  "
            + String.join(",\n  ", kept)
            + "\n)"
            + tail.replace(EXPIRING, KEEPING));
  }

  /**
   * A counter that may be NULL is printed without saying so, and would be NOT NULL when it is made.
   */
  private static String nullable(String item) {
    if (!isCounter(item) || QuotedText.without(item).contains(NOT_NULL)) {
      return item;
    }
    int at = item.indexOf(COUNTER, QuotedText.end(item, 0)) + COUNTER.length();
    return item.substring(0, at) + " NULL" + item.substring(at);
  }

  private static boolean isCounter(String item) {
    return item.startsWith("`") && QuotedText.without(item).contains(COUNTER);
  }

  /**
   * The ALTER statements that add the deferred indexes, those of {@code present} left out. InnoDB
   * builds one FULLTEXT index at a time, so each of those has its own.
   */
  List<Addition> addIndexes(TableName as, List<String> present) {
    List<String> together = new ArrayList<>();
    List<Addition> additions = new ArrayList<>();
    for (String item : missingIndexes(present)) {
      if (item.startsWith("FULLTEXT") || item.startsWith("SPATIAL") || item.startsWith("VECTOR")) {
        additions.add(addition(as, List.of(item)));
      } else {
        together.add(item);
      }
    }
    if (!together.isEmpty()) {
      additions.add(0, addition(as, together));
    }
    return additions;
  }

  /** The checks that are not {@code present}. */
  Optional<Addition> addChecks(TableName as, List<String> present) {
    List<String> missing =
        items.stream().filter(item -> isCheck(item) && !present.contains(nameOf(item))).toList();
    return missing.isEmpty() ? Optional.empty() : Optional.of(addition(as, missing));
  }

  boolean hasChecks() {
    return items.stream().anyMatch(CreateTable::isCheck);
  }

  /**
   * The statement that has the server compute again, in the time zone of the session, what it
   * computed when rows came; empty if that cannot make a difference.
   *
   * @param allKeys whether all keys were there then, and not only those that could not be deferred
   */
  Optional<RawText> computeAnew(TableName as, boolean allKeys) {
    ZonedItems zoned = zoned();
    List<String> deferred = allKeys ? List.of() : deferred();
    boolean key =
        items.stream()
            .filter(item -> isKey(item) && !deferred.contains(item))
            .anyMatch(
                item ->
                    zoned.generated().stream().anyMatch(item::contains)
                        || (isOfExpression(item) && zoned.mayDecide(item)));
    return zoned.isStored() || key
        ? Optional.of(RawText.ofLatin1("ALTER TABLE " + utf8(as) + " FORCE, ALGORITHM=COPY"))
        : Optional.empty();
  }

  private static boolean isKey(String item) {
    return KEY.matcher(item).matches() || item.startsWith("PRIMARY KEY");
  }

  /**
   * One or more changes of a table.
   *
   * @param together the statement that makes all of them
   * @param apart a statement for each
   */
  record Addition(RawText together, List<RawText> apart) {}

  private static Addition addition(TableName as, List<String> items) {
    String table = "ALTER TABLE " + utf8(as) + " ";
    List<String> adding = items.stream().map(item -> "ADD " + item).toList();
    return new Addition(
        RawText.ofLatin1(table + String.join(", ", adding)),
        adding.stream().map(add -> RawText.ofLatin1(table + add)).toList());
  }

  private List<String> missingIndexes(List<String> present) {
    return deferred().stream().filter(item -> !present.contains(nameOf(item))).toList();
  }

  /** An ALTER statement for each foreign key not yet {@code present}. */
  public List<RawText> addForeignKeys(TableName as, List<String> present) {
    return items.stream()
        .filter(item -> isForeignKey(item) && !present.contains(nameOf(item)))
        .map(item -> RawText.ofLatin1("ALTER TABLE " + utf8(as) + " ADD " + item))
        .toList();
  }

  /**
   * Items in name order, unique keys in their own, and the tail: equal for tables that differ only
   * in the order of keys that are not unique.
   */
  List<String> comparable() {
    List<String> all = new ArrayList<>(items);
    all.removeIf(item -> item.startsWith("UNIQUE"));
    all.sort(null);
    items.stream().filter(item -> item.startsWith("UNIQUE")).forEach(all::add);
    all.add(tail.strip());
    return all;
  }

  /**
   * The keys that are added when the rows are there. Which of several unique keys {@code ON
   * DUPLICATE KEY UPDATE} and {@code REPLACE} look at first is their order: a key before one that
   * is needed from the start is made with it.
   */
  private List<String> deferred() {
    List<String> deferred = new ArrayList<>();
    for (boolean unique : new boolean[] {true, false}) {
      for (String item : items) {
        if (KEY.matcher(item).matches() && item.startsWith("UNIQUE") == unique) {
          deferred.add(item);
          if (isNeededFromStart(item)) {
            deferred.removeIf(earlier -> earlier.startsWith("UNIQUE") == unique);
          }
        }
      }
    }
    return deferred;
  }

  /** The key of an AUTO_INCREMENT column, a unique key that orders the rows, period keys. */
  private boolean isNeededFromStart(String item) {
    if (tail.contains("WITH SYSTEM VERSIONING") || item.contains("WITHOUT OVERLAPS")) {
      return true;
    }
    Optional<String> primary = items.stream().filter(i -> i.startsWith("PRIMARY KEY")).findFirst();
    if (item.startsWith("UNIQUE") && primary.isEmpty()) {
      return true;
    }
    return items.stream()
        .filter(CreateTable::isCounter)
        .map(i -> i.substring(0, QuotedText.end(i, 0)))
        .filter(counted -> !primary.orElse("").startsWith("PRIMARY KEY (" + counted))
        .anyMatch(item::contains);
  }

  private static boolean isCheck(String item) {
    return CHECK.matcher(item).matches();
  }

  private static boolean isForeignKey(String item) {
    return FOREIGN.matcher(item).matches();
  }

  private static String nameOf(String item) {
    Matcher matcher = NAMED.matcher(item);
    String latin1 = matcher.find() ? matcher.group(1).replace("``", "`") : "";
    return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String utf8(TableName name) {
    return new String(Sql.name(name).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
