package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A definition that is not the same on both sides. Accounts are not compared.
 *
 * @param object what and where: {@code view shop.recent}
 * @param state how the sides part
 * @param onlyFirst lines of the definition, and settings it was made under, that only the first has
 * @param onlySecond those that only the second has
 */
public record DefinitionDiff(
    String object, String state, List<String> onlyFirst, List<String> onlySecond) {
  private static final String DIFFERS = "another definition";
  private static final String DIFFERS_IN_ORDER = "another order of ";

  /** Where counters stand, which is no part of a definition. */
  private static final Pattern COUNTERS =
      Pattern.compile(" AUTO_INCREMENT=\\d+| ?/\\*T!\\[auto_rand_base] [A-Z_]+=\\d+ \\*/");

  /** Widths that newer releases of MySQL do not print; they say nothing of the values. */
  private static final Pattern WIDTH =
      Pattern.compile(
          "(?:(?<= (?:small|medium|big)?int)\\(\\d+\\)|(?<= tinyint)\\((?!1\\))\\d+\\)"
              + "|(?<= year)\\(4\\))(?! (?:unsigned )?zerofill)");

  /** A character set that newer releases call utf8mb3. */
  private static final Pattern UTF8 =
      Pattern.compile("(?<=CHARSET=|CHARACTER SET |COLLATE[ =])utf8(?![a-z0-9])");

  /** What newer releases of MySQL print of databases and others do not: the default. */
  private static final Pattern NOT_ENCRYPTED =
      Pattern.compile(" /\\*!80016 DEFAULT ENCRYPTION='N' \\*/");

  public DefinitionDiff {
    onlyFirst = List.copyOf(onlyFirst);
    onlySecond = List.copyOf(onlySecond);
  }

  private static DefinitionDiff onOneSide(String object, String state) {
    return new DefinitionDiff(object, state, List.of(), List.of());
  }

  @Override
  public String toString() {
    return object + ": " + state;
  }

  /** How tables of the same name are defined; of their keys the order does not matter. */
  static Optional<DefinitionDiff> between(TableName name, Table first, Table second) {
    List<String> left = comparable(first.ddl());
    List<String> right = comparable(second.ddl());
    if (hasWidths(left) != hasWidths(right)) {
      left.replaceAll(DefinitionDiff::withoutWidth);
      right.replaceAll(DefinitionDiff::withoutWidth);
    }
    return between("table " + name, left, right, "columns");
  }

  private static boolean hasWidths(List<String> lines) {
    return lines.stream().anyMatch(line -> !withoutWidth(line).equals(line));
  }

  private static String withoutWidth(String line) {
    return line.startsWith("`") ? WIDTH.matcher(line).replaceAll("") : line;
  }

  private static Optional<DefinitionDiff> between(
      String object, List<String> left, List<String> right, String parts) {
    if (left.equals(right)) {
      return Optional.empty();
    }
    List<String> onlyFirst = without(left, right);
    List<String> onlySecond = without(right, left);
    boolean order = onlyFirst.isEmpty() && onlySecond.isEmpty();
    return Optional.of(
        new DefinitionDiff(
            object, order ? DIFFERS_IN_ORDER + parts : DIFFERS, utf8(onlyFirst), utf8(onlySecond)));
  }

  private static List<String> without(List<String> lines, List<String> others) {
    List<String> left = new ArrayList<>(lines);
    others.forEach(left::remove);
    return left;
  }

  /** Texts with a character a byte, as people read them. */
  private static List<String> utf8(List<String> lines) {
    return lines.stream().map(line -> RawText.ofLatin1(line).toString()).toList();
  }

  /** The lines of columns in their order, then all others sorted: keys come in any order. */
  private static List<String> comparable(RawText ddl) {
    List<String> columns = new ArrayList<>();
    List<String> others = new ArrayList<>();
    // Latin-1 keeps every byte as it is.
    String text = UTF8.matcher(ddl.latin1()).replaceAll("utf8mb3");
    List<String> lines = List.of(text.substring(text.indexOf('\n') + 1).split("\n", -1));
    String options = lines.stream().filter(l -> l.startsWith(")")).findFirst().orElse("");
    TableCollation collation = TableCollation.of(options);
    for (String line : lines) {
      String item = COUNTERS.matcher(line.strip()).replaceAll("");
      String plain = item.endsWith(",") ? item.substring(0, item.length() - 1) : item;
      if (plain.startsWith("`")) {
        columns.add(collation.column(plain));
      } else {
        others.add(line.equals(options) ? collation.options(plain) : plain);
      }
    }
    others.sort(null);
    columns.addAll(others);
    return columns;
  }

  /** Databases, views, programs and sequences, as far as they are meant. */
  static List<DefinitionDiff> between(
      List<SchemaObject> first, List<SchemaObject> second, Predicate<SchemaObject> meant) {
    Map<String, SchemaObject> left = byName(first, meant);
    Map<String, SchemaObject> right = byName(second, meant);
    List<DefinitionDiff> diffs = new ArrayList<>();
    left.forEach(
        (name, object) -> {
          SchemaObject other = right.get(name);
          if (other == null) {
            diffs.add(onOneSide(name, "only in the first"));
          } else {
            between(name, definition(object), definition(other), "lines").ifPresent(diffs::add);
          }
        });
    right.keySet().stream()
        .filter(name -> !left.containsKey(name))
        .forEach(name -> diffs.add(onOneSide(name, "only in the second")));
    return diffs;
  }

  private static Map<String, SchemaObject> byName(
      List<SchemaObject> objects, Predicate<SchemaObject> meant) {
    Map<String, SchemaObject> named = new LinkedHashMap<>();
    objects.stream()
        .filter(o -> o.kind() != Kind.ACCOUNT && o.kind() != Kind.GRANTS)
        .filter(meant)
        .forEach(o -> named.put(o.toString(), o));
    return named;
  }

  /** A sequence's second statement is where it stands. */
  private static List<String> definition(SchemaObject object) {
    List<RawText> statements =
        object.kind() == Kind.SEQUENCE && !object.statements().isEmpty()
            ? object.statements().subList(0, 1)
            : object.statements();
    List<String> lines = new ArrayList<>();
    statements.forEach(
        s ->
            lines.addAll(
                List.of(NOT_ENCRYPTED.matcher(s.latin1()).replaceAll("").split("\n", -1))));
    new TreeMap<>(object.session()).forEach((key, value) -> lines.add(key + "=" + value));
    lines.add(RawText.ofUtf8("on table " + object.table()).latin1());
    return lines;
  }
}
