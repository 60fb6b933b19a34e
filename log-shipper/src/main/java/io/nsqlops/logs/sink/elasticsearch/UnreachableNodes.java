package io.nsqlops.logs.sink.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Node;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of a node that does not answer, once in a while: as long as others do, nothing else would.
 */
final class UnreachableNodes extends Rest5Client.FailureListener {
  private static final Logger log = LoggerFactory.getLogger(UnreachableNodes.class);
  private static final long AGAIN = TimeUnit.MINUTES.toNanos(10);

  private final Map<String, Long> told = new ConcurrentHashMap<>();

  @Override
  public void onFailure(Node node) {
    String host = node.getHost().toURI();
    long now = System.nanoTime();
    told.compute(
        host,
        (name, before) -> {
          if (before != null && now - before < AGAIN) {
            return before;
          }
          log.warn("{} does not answer as it should, the other nodes are tried", host);
          return now;
        });
  }
}
