package io.nsqlops.logs.sink.elasticsearch;

import java.util.Set;

/** What an answer of Elasticsearch means, for a whole request and for one item. Pure. */
final class Verdict {
  /**
   * Errors with a status that looks final but that an operator can lift without touching the
   * document: a closed index, a full cluster, a missing template.
   */
  private static final Set<String> LIFTABLE =
      Set.of(
          "cluster_block_exception",
          "index_closed_exception",
          "index_not_found_exception",
          "no_shard_available_action_exception",
          "process_cluster_event_timeout_exception",
          "security_exception",
          "unavailable_shards_exception",
          "validation_exception");

  private Verdict() {}

  /** What becomes of one item. */
  enum Item {
    /** Stored, now or by an earlier attempt. */
    DELIVERED,
    /** Try again. */
    RETRY,
    /** Refused for good: trying again cannot help. */
    REJECTED
  }

  /** What to do about a whole request. */
  enum Request {
    /** Look at the items. */
    ITEMS,
    /** Send all of it again. */
    RETRY,
    /** Send it in smaller pieces. */
    SPLIT,
    /** Writing is blocked: tell the operator, and try again. */
    BLOCKED,
    /** Not let in: tell the operator, and try again. */
    REFUSED
  }

  /**
   * @param type kind of error, empty if there is none
   */
  static Item item(int status, String type) {
    if ((status >= 200 && status < 300) || status == 409) {
      return Item.DELIVERED;
    }
    boolean transientStatus =
        status == 408 || status == 429 || status >= 500 || status == 401 || status == 403;
    if (transientStatus || status == 404 || LIFTABLE.contains(type)) {
      return Item.RETRY;
    }
    return Item.REJECTED;
  }

  /**
   * @param fromElasticsearch whether the answer is an error of Elasticsearch itself, not of
   *     something in between
   * @param type kind of error, empty if there is none
   */
  static Request request(int status, boolean fromElasticsearch, String type) {
    if (status >= 200 && status < 300) {
      return Request.ITEMS;
    }
    if (WriteBlock.is(type)) {
      return Request.BLOCKED;
    }
    return switch (status) {
      case 401, 403, 407 -> Request.REFUSED;
      case 413 -> Request.SPLIT;
      // One bad line can fail a whole request: smaller pieces tell which.
      case 400 -> fromElasticsearch ? Request.SPLIT : Request.RETRY;
      default -> Request.RETRY;
    };
  }
}
