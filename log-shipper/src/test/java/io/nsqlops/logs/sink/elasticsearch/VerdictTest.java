package io.nsqlops.logs.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.sink.elasticsearch.Verdict.Item;
import io.nsqlops.logs.sink.elasticsearch.Verdict.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "201, '', DELIVERED",
    "200, '', DELIVERED",
    "409, version_conflict_engine_exception, DELIVERED",
    "429, es_rejected_execution_exception, RETRY",
    "503, unavailable_shards_exception, RETRY",
    "500, some_exception, RETRY",
    "403, cluster_block_exception, RETRY",
    "403, security_exception, RETRY",
    "404, index_not_found_exception, RETRY",
    "400, index_closed_exception, RETRY",
    "400, validation_exception, RETRY",
    "400, document_parsing_exception, REJECTED",
    "400, illegal_argument_exception, REJECTED",
    "413, '', REJECTED",
    "0, '', REJECTED",
  })
  void ofAnItem(int status, String type, Item expected) {
    assertThat(Verdict.item(status, type)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "200, true, '', ITEMS",
    "400, true, '', SPLIT",
    "400, false, '', RETRY",
    "401, true, '', REFUSED",
    "403, true, '', REFUSED",
    "403, true, security_exception, REFUSED",
    "403, true, cluster_block_exception, BLOCKED",
    "429, true, cluster_block_exception, BLOCKED",
    "503, true, cluster_block_exception, BLOCKED",
    "404, true, '', RETRY",
    "405, false, '', RETRY",
    "408, false, '', RETRY",
    "413, false, '', SPLIT",
    "429, true, '', RETRY",
    "503, true, '', RETRY",
    "504, false, '', RETRY",
  })
  void ofARequest(int status, boolean fromElasticsearch, String type, Request expected) {
    assertThat(Verdict.request(status, fromElasticsearch, type)).isEqualTo(expected);
  }
}
