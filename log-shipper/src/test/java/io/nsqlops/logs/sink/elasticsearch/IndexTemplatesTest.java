package io.nsqlops.logs.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.sink.elasticsearch.IndexTemplates.Types;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IndexTemplatesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void coversTheDatasetsWithAPriorityAboveTheBuiltInTemplates() {
    JsonNode template = JSON.readTree(IndexTemplates.body(List.of("tidb.*", "generic"), Types.ALL));
    assertThat(template.path("index_patterns").toString())
        .isEqualTo("[\"logs-tidb.*-*\",\"logs-generic-*\"]");
    assertThat(template.path("priority").asInt()).isGreaterThan(200);
    assertThat(template.at("/template/mappings/properties/message/type").asString())
        .isEqualTo("match_only_text");
  }

  @Test
  void canDoWithoutElasticsExtensions() {
    String reduced = IndexTemplates.body(List.of("tidb.*"), Types.REDUCED);
    assertThat(reduced).doesNotContain("match_only_text").doesNotContain("constant_keyword");
    assertThat(JSON.readTree(reduced).at("/template/mappings/properties/ecs").toString())
        .isEqualTo("{\"properties\":{\"version\":{\"type\":\"keyword\"}}}");
  }
}
