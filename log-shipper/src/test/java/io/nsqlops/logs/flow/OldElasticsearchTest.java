package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.testbeds.cache.ArchiveBed;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.ElasticsearchServer;

/** What is promised of Elasticsearch 7.17. This distribution of it has no data streams. */
@NeedsBed(Bed.ELASTICSEARCH7)
class OldElasticsearchTest extends ElasticsearchVersionContract {
  /** Of our template only what its types can do. */
  private static final String LEVELS =
      """
      {"index_patterns": ["logs-*"], "priority": 250, "template": {"mappings": {
        "properties": {"log": {"properties": {"level": {"type": "keyword"}}}}}}}
      """;

  @Override
  ArchiveBed bed() {
    return ElasticsearchServer.BED_7;
  }

  @Override
  boolean hasDataStreams() {
    return false;
  }

  @Override
  void installTemplates(Stored stored, LogsConfig config) throws Exception {
    stored.call("PUT", "/_index_template/all", LEVELS);
  }

  @Override
  void refuseTexts(Stored stored) throws Exception {
    stored.call(
        "PUT",
        "/logs-strict-old",
        "{\"mappings\":{\"properties\":{\"message\":{\"type\":\"long\"}}}}");
  }
}
