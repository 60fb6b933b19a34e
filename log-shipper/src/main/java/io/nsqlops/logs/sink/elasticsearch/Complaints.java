package io.nsqlops.logs.sink.elasticsearch;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says the same thing at most once in ten seconds: an outage must not fill the log that may itself
 * be shipped.
 */
final class Complaints {
  private static final Logger log = LoggerFactory.getLogger(ElasticsearchSink.class);
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(10);

  private final Map<String, Long> said = new HashMap<>();

  void warn(String message, Object... arguments) {
    if (isDue(message)) {
      log.warn(message, arguments);
    }
  }

  void error(String message, Object... arguments) {
    if (isDue(message)) {
      log.error(message, arguments);
    }
  }

  private synchronized boolean isDue(String message) {
    long now = System.nanoTime();
    Long last = said.get(message);
    if (last != null && now - last < SILENCE) {
      return false;
    }
    said.put(message, now);
    return true;
  }
}
