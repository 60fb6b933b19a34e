package io.nsqlops.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Kibana checks at an import, and that every field shown is one the templates map. */
class SavedObjectsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<JsonNode> OBJECTS =
      SavedObjects.lines().stream().map(JSON::readTree).toList();

  @Test
  void everyObjectHasWhatAnImportNeedsAndRefersToEarlierOnes() {
    Set<String> known = new HashSet<>();
    for (JsonNode object : OBJECTS) {
      assertThat(object.path("type").asString()).isIn("index-pattern", "search", "dashboard");
      assertThat(object.path("id").asString()).startsWith("nsqlops-");
      assertThat(object.at("/attributes/title").asString()).isNotBlank();
      for (JsonNode reference : object.path("references")) {
        assertThat(known).contains(key(reference));
      }
      assertThat(known.add(key(object))).as(key(object)).isTrue();
    }
    assertThat(of("dashboard")).hasSize(3);
    assertThat(of("search")).hasSize(6);
    assertThat(of("index-pattern")).hasSize(4);
  }

  @Test
  void configuredDatasetsAreShownToo() {
    List<String> lines = SavedObjects.lines(List.of("shop.app", "other"));
    assertThat(lines).hasSameSizeAs(OBJECTS);
    JsonNode all =
        lines.stream()
            .map(JSON::readTree)
            .filter(o -> o.path("id").asString().equals("nsqlops-logs"))
            .findFirst()
            .orElseThrow();
    assertThat(all.at("/attributes/title").asString())
        .startsWith("logs-tidb.*-*,")
        .endsWith(",logs-other-*,logs-shop.app-*");
  }

  @Test
  void searchesNameTheirDataViewAndMappedColumns() throws IOException {
    Set<String> mapped = mapped();
    for (JsonNode search : of("search")) {
      JsonNode source = inner(search, "/attributes/kibanaSavedObjectMeta/searchSourceJSON");
      assertThat(names(search)).contains(source.path("indexRefName").asString());
      search
          .at("/attributes/columns")
          .forEach(column -> assertThat(mapped).contains(column.asString()));
    }
  }

  @Test
  void panelsFitTogetherAndShowMappedFields() throws IOException {
    Set<String> mapped = mapped();
    for (JsonNode dashboard : of("dashboard")) {
      Set<String> panels = new HashSet<>();
      for (JsonNode panel : inner(dashboard, "/attributes/panelsJSON")) {
        String index = panel.path("panelIndex").asString();
        assertThat(panels.add(index)).isTrue();
        assertThat(panel.at("/gridData/x").asInt() + panel.at("/gridData/w").asInt())
            .isLessThanOrEqualTo(48);
        if (panel.path("type").asString().equals("search")) {
          assertThat(names(dashboard))
              .contains(index + ':' + panel.path("panelRefName").asString());
        } else {
          JsonNode lens = panel.at("/embeddableConfig/attributes");
          String reference = lens.at("/references/0/name").asString();
          assertThat(names(dashboard)).contains(index + ':' + reference);
          checkLens(lens, mapped);
        }
      }
      assertThat(panels).hasSizeGreaterThan(3);
    }
  }

  private static void checkLens(JsonNode lens, Set<String> mapped) {
    JsonNode layer = lens.at("/state/datasourceStates/formBased/layers/layer");
    Set<String> columns = new TreeSet<>(layer.path("columns").propertyNames());
    Set<String> order = new TreeSet<>();
    layer.path("columnOrder").forEach(column -> order.add(column.asString()));
    assertThat(order).isEqualTo(columns);
    for (JsonNode column : layer.path("columns")) {
      String field = column.path("sourceField").asString();
      assertThat(field.equals("___records___") || mapped.contains(field)).as(field).isTrue();
      String orderedBy = column.at("/params/orderBy/columnId").asString("");
      assertThat(orderedBy.isEmpty() || columns.contains(orderedBy)).as(orderedBy).isTrue();
    }
    Stream<String> used =
        Stream.concat(
            lens.at("/state/visualization").findValuesAsString("columnId").stream(),
            Stream.concat(
                lens.at("/state/visualization").findValuesAsString("xAccessor").stream(),
                lens.at("/state/visualization").findValuesAsString("splitAccessor").stream()));
    assertThat(columns).containsAll(used.toList());
  }

  private static List<JsonNode> of(String type) {
    return OBJECTS.stream().filter(o -> o.path("type").asString().equals(type)).toList();
  }

  private static String key(JsonNode object) {
    return object.path("type").asString() + '/' + object.path("id").asString();
  }

  private static List<String> names(JsonNode object) {
    return StreamSupport.stream(object.path("references").spliterator(), false)
        .map(reference -> reference.path("name").asString())
        .toList();
  }

  private static JsonNode inner(JsonNode object, String pointer) {
    return JSON.readTree(object.at(pointer).asString());
  }

  private static Set<String> mapped() throws IOException {
    try (InputStream in = SavedObjects.class.getResourceAsStream("/nsql-ops-logs-template.json")) {
      Set<String> fields = new HashSet<>();
      collect(JSON.readTree(in).at("/template/mappings/properties"), "", fields);
      return fields;
    }
  }

  private static void collect(JsonNode properties, String prefix, Set<String> into) {
    for (String name : properties.propertyNames()) {
      JsonNode field = properties.path(name);
      if (field.has("properties")) {
        collect(field.path("properties"), prefix + name + '.', into);
      } else {
        into.add(prefix + name);
      }
    }
  }
}
