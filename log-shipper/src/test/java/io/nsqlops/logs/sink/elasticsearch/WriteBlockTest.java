package io.nsqlops.logs.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteBlockTest {
  @ParameterizedTest
  @CsvSource({
    "blocked by: [FORBIDDEN/6/cluster read-only (api)];, cluster.blocks.read_only to null",
    "'index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has"
        + " read-only-allow-delete block];', free space",
    "blocked by: [FORBIDDEN/13/cluster read-only / allow delete (api)];,"
        + " cluster.blocks.read_only_allow_delete to null",
    "index [x] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];, free space",
    "index [x] blocked by: [FORBIDDEN/5/index read-only (api)];, index.blocks.read_only",
    "index [x] blocked by: [FORBIDDEN/8/index write (api)];, index.blocks.write",
    "index [x] blocked by: [FORBIDDEN/4/index closed];, Open the index",
    "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];, Wait",
    "blocked by: [SERVICE_UNAVAILABLE/2/no master];, Wait",
    "index [x] blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];, Lift",
  })
  void theReasonTellsWhatLiftsIt(String reason, String step) {
    assertThat(WriteBlock.nextStep(reason)).contains(step);
  }
}
