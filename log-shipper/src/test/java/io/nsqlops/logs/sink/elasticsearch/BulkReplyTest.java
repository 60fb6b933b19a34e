package io.nsqlops.logs.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.logs.sink.elasticsearch.BulkReply.ItemReply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BulkReplyTest {
  @Test
  void anAnswerWithoutErrorsNeedsNoReading() {
    BulkReply reply = parse("{\"errors\":false,\"items\":[{\"create\":{\"status\":201}}]}", 1);
    assertThat(reply.allDelivered()).isTrue();
  }

  /** Another server, or a proxy, may write the same JSON in another way. */
  @Test
  void spacesMakeNoDifference() {
    assertThat(
            parse("{\"errors\":false,\"items\":[ {\"create\":{\"status\":201}} ]}", 1)
                .allDelivered())
        .isTrue();
    BulkReply spaced = parse("{ \"errors\": false, \"items\": [{\"create\":{\"status\":201}}]}", 1);
    assertThat(spaced.items()).containsExactly(new ItemReply(201, "", "", false));
  }

  @Test
  void everyItemKeepsItsPosition() {
    BulkReply reply =
        parse(
            "{\"errors\":true,\"items\":[{\"create\":{\"status\":201}},"
                + "{\"create\":{\"status\":409,\"error\":{\"type\":\"v\",\"reason\":\"r\"}}},"
                + "{\"create\":{\"status\":201,\"failure_store\":\"used\"}}]}",
            3);
    assertThat(reply.items())
        .containsExactly(
            new ItemReply(201, "", "", false),
            new ItemReply(409, "v", "r", false),
            new ItemReply(201, "", "", true));
  }

  @Test
  void documentsInTheFailureStoreAreNoticedEvenWithoutErrors() {
    BulkReply reply =
        parse(
            "{\"errors\":false,\"items\":[{\"create\":{\"status\":201,"
                + "\"failure_store\":\"used\"}}]}",
            1);
    assertThat(reply.items().get(0).failureStored()).isTrue();
  }

  @Test
  void anAnswerAboutOtherItemsIsNone() {
    assertThatThrownBy(() -> parse("{\"errors\":true,\"items\":[]}", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> parse("<html>", 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> parse("", 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> parse("{\"error\":{\"type\":\"x\"},\"status\":503}", 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BulkReply parse(String body, int items) {
    return BulkReply.parse(body.getBytes(StandardCharsets.UTF_8), items);
  }
}
