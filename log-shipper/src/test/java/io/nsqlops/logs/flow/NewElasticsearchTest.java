package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.sink.elasticsearch.IndexTemplates;
import io.nsqlops.testbeds.cache.ArchiveBed;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.ElasticsearchServer;

/** What is promised of Elasticsearch 9. */
@NeedsBed(Bed.ELASTICSEARCH9)
class NewElasticsearchTest extends ElasticsearchVersionContract {
  private static final String STRICT =
      """
      {"index_patterns": ["logs-strict-*"], "priority": 900, "data_stream": {},
       "template": {"mappings": {"properties": {"message": {"type": "long"}}}}}
      """;

  @Override
  ArchiveBed bed() {
    return ElasticsearchServer.BED_9;
  }

  @Override
  boolean hasDataStreams() {
    return true;
  }

  @Override
  void installTemplates(Stored stored, LogsConfig config) throws Exception {
    IndexTemplates.install(config, IndexTemplates.Types.REDUCED);
  }

  @Override
  void refuseTexts(Stored stored) throws Exception {
    stored.call("PUT", "/_index_template/strict", STRICT);
  }
}
