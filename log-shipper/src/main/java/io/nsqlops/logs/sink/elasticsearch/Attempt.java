package io.nsqlops.logs.sink.elasticsearch;

/**
 * What came of one bulk request.
 *
 * @param again items to send again
 * @param split whether all items are to be sent again in two halves
 * @param conflicts items an earlier attempt had stored
 * @param rejected items kept as dead letters
 * @param failureStored items Elasticsearch put into its failure store
 */
record Attempt(ItemSet again, boolean split, int conflicts, int rejected, int failureStored) {
  static Attempt done() {
    return new Attempt(ItemSet.none(), false, 0, 0, 0);
  }

  static Attempt failed(ItemSet items) {
    return new Attempt(items, false, 0, 0, 0);
  }

  static Attempt tooLarge() {
    return new Attempt(ItemSet.none(), true, 0, 0, 0);
  }
}
