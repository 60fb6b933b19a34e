package io.nsqlops.backup.codec;

import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.RowFilter;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of what a backup holds of its server. */
public final class ScopeJson {
  private ScopeJson() {}

  public static ObjectNode write(Scope scope) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    ArrayNode include = node.putArray("include");
    scope.selection().include().forEach(include::add);
    ArrayNode exclude = node.putArray("exclude");
    scope.selection().exclude().forEach(exclude::add);
    ArrayNode where = node.putArray("where");
    for (RowFilter.Condition condition : scope.filter().conditions()) {
      where.addObject().put("tables", condition.tables()).put("condition", condition.sql());
    }
    return node.put("content", scope.content().text());
  }

  /** Reads what {@link #write} wrote; everything if there is nothing. */
  static Scope read(JsonNode node) {
    if (node.isMissingNode()) {
      return Scope.ALL;
    }
    List<String> include = new ArrayList<>();
    node.required("include").forEach(p -> include.add(p.stringValue()));
    List<String> exclude = new ArrayList<>();
    node.required("exclude").forEach(p -> exclude.add(p.stringValue()));
    List<RowFilter.Condition> where = new ArrayList<>();
    node.required("where")
        .forEach(
            c ->
                where.add(
                    new RowFilter.Condition(
                        ManifestJson.text(c, "tables"), ManifestJson.text(c, "condition"))));
    String content = ManifestJson.text(node, "content").toUpperCase(Locale.ROOT);
    return new Scope(
        new Selection(include, exclude), new RowFilter(where), Content.valueOf(content));
  }
}
