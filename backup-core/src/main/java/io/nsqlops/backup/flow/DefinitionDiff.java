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
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A definition that is not the same on both sides. Accounts are not compared.
 *
 * @param object what and where: {@code view shop.recent}
 * @param state how the sides part
 */
public record DefinitionDiff(String object, String state) {
  private static final String DIFFERS = "another definition";

  /** Where counters stand, which is no part of a definition. */
  private static final Pattern COUNTERS =
      Pattern.compile(" AUTO_INCREMENT=\\d+| ?/\\*T!\\[auto_rand_base] [A-Z_]+=\\d+ \\*/");

  @Override
  public String toString() {
    return object + ": " + state;
  }

  /** How tables of the same name are defined; of their keys the order does not matter. */
  static Optional<DefinitionDiff> between(TableName name, Table first, Table second) {
    return comparable(first.ddl()).equals(comparable(second.ddl()))
        ? Optional.empty()
        : Optional.of(new DefinitionDiff("table " + name, DIFFERS));
  }

  /** The lines of columns in their order, then all others sorted: keys come in any order. */
  private static List<String> comparable(RawText ddl) {
    List<String> columns = new ArrayList<>();
    List<String> others = new ArrayList<>();
    // Latin-1 keeps every byte as it is.
    String text = ddl.latin1();
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
            diffs.add(new DefinitionDiff(name, "only in the first"));
          } else if (!definition(object).equals(definition(other))) {
            diffs.add(new DefinitionDiff(name, DIFFERS));
          }
        });
    right.keySet().stream()
        .filter(name -> !left.containsKey(name))
        .forEach(name -> diffs.add(new DefinitionDiff(name, "only in the second")));
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
  private static List<Object> definition(SchemaObject object) {
    List<RawText> statements =
        object.kind() == Kind.SEQUENCE && !object.statements().isEmpty()
            ? object.statements().subList(0, 1)
            : object.statements();
    return List.of(statements, object.session(), object.table());
  }
}
