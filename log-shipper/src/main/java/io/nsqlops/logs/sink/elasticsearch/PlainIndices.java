package io.nsqlops.logs.sink.elasticsearch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Tells, once each, of indices that documents are stored in and that belong to no data stream: made
 * by another shipper before ours, say. Everything seems well then, until one index has grown for
 * months.
 *
 * <p>The answers to bulk requests tell it without any further right, but where each document went
 * makes them twice as long: it is asked for with the first request, and ever more seldom after it.
 */
final class PlainIndices {
  /** What an answer has to show besides. */
  static final String FILTER = ",items.*._index";

  private static final Logger log = LoggerFactory.getLogger(ElasticsearchSink.class);
  private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
  private static final int CREATED = 201;

  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private long pause;
  private long last;

  /** Whether the next answer should show where documents went. */
  synchronized boolean wantsToKnow() {
    return pause == 0 || System.nanoTime() - last > pause;
  }

  /** Looks at the answer to a bulk request that was asked for it. */
  void look(JsonNode answer) {
    synchronized (this) {
      pause = Math.min(Math.max(SHORTEST, 2 * pause), LONGEST);
      last = System.nanoTime();
    }
    for (JsonNode item : answer.path("items")) {
      for (JsonNode outcome : item) {
        String index = outcome.path("_index").asString("");
        if (outcome.path("status").asInt(0) == CREATED && isPlain(index) && told.add(index)) {
          log.warn(
              "documents are stored in {}, which is an index of its own and no data stream: it"
                  + " never rolls over, and the index template may not have made its fields; to get"
                  + " a data stream, install the template (--templates all), reindex what is in it"
                  + " elsewhere, and delete it",
              index);
        }
      }
    }
  }

  /** Backing indices of data streams, and their failure stores, are named alike everywhere. */
  private static boolean isPlain(String index) {
    return !index.isEmpty() && !index.startsWith(".ds-") && !index.startsWith(".fs-");
  }
}
