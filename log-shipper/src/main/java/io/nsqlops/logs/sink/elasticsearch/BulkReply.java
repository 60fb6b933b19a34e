package io.nsqlops.logs.sink.elasticsearch;

import io.nsqlops.logs.sink.elasticsearch.Verdict.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer to a bulk request whose status was 200.
 *
 * @param allDelivered whether every item was stored now
 * @param items outcome of each item, in the order of the request; empty if all were delivered
 */
record BulkReply(boolean allDelivered, List<ItemReply> items) {
  /** Keeps positions: every item answers with its status. */
  static final String FILTER =
      "errors,items.*.status,items.*.error.type,items.*.error.reason,"
          + "items.*.error.caused_by.type,items.*.error.caused_by.reason,items.*.failure_store";

  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] NO_ERRORS =
      "{\"errors\":false,\"items\":[".getBytes(StandardCharsets.US_ASCII);
  private static final int STORED_ITEM = "{\"create\":{\"status\":201}},".length();

  /** The outcome of one item. */
  record ItemReply(int status, String type, String reason, boolean failureStored) {
    Item verdict() {
      return Verdict.item(status, type);
    }
  }

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException if it is none, or not about as many items
   */
  static BulkReply parse(byte[] body, int itemCount) {
    if (startsWith(body, NO_ERRORS) && !mayTellMore(body, itemCount)) {
      return new BulkReply(true, List.of());
    }
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
    List<ItemReply> items = new ArrayList<>(itemCount);
    for (JsonNode item : root.path("items")) {
      for (JsonNode outcome : item) {
        items.add(reply(outcome));
      }
    }
    if (items.size() != itemCount) {
      throw new IllegalArgumentException(items.size() + " answers to " + itemCount + " items");
    }
    return new BulkReply(false, items);
  }

  private static ItemReply reply(JsonNode outcome) {
    JsonNode error = outcome.path("error");
    JsonNode cause = error.path("caused_by");
    String reason = error.path("reason").asString("");
    if (cause.isObject()) {
      reason += ": " + cause.path("reason").asString("");
    }
    return new ItemReply(
        outcome.path("status").asInt(0),
        error.path("type").asString(""),
        reason,
        outcome.path("failure_store").asString("").equals("used"));
  }

  private static boolean startsWith(byte[] body, byte[] prefix) {
    return body.length >= prefix.length
        && java.util.Arrays.equals(body, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Whether items may have more than a status: such as where they were stored instead. */
  private static boolean mayTellMore(byte[] body, int itemCount) {
    // Nothing is shorter than an item that was stored: one that tells more makes the answer longer.
    return body.length != NO_ERRORS.length + itemCount * STORED_ITEM + 1
        && new String(body, StandardCharsets.ISO_8859_1).contains("failure_store");
  }
}
