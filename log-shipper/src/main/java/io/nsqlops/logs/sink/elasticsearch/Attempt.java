package io.nsqlops.logs.sink.elasticsearch;

/**
 * What came of one bulk request.
 *
 * @param again items to send again
 * @param split whether all items are to be sent again in two halves
 * @param refused whether we were not let in
 * @param conflicts items an earlier attempt had stored
 * @param rejected items kept as dead letters
 * @param failureStored items Elasticsearch put into its failure store
 * @param why why items are to be sent again, as the last of them tells; empty if none is
 */
record Attempt(
    ItemSet again,
    boolean split,
    boolean refused,
    int conflicts,
    int rejected,
    int failureStored,
    String why) {
  static Attempt done() {
    return new Attempt(ItemSet.none(), false, false, 0, 0, 0, "");
  }

  static Attempt failed(ItemSet items, String why) {
    return new Attempt(items, false, false, 0, 0, 0, why);
  }

  static Attempt refused(ItemSet items, String why) {
    return new Attempt(items, false, true, 0, 0, 0, why);
  }

  static Attempt tooLarge() {
    return new Attempt(ItemSet.none(), true, false, 0, 0, 0, "");
  }
}
