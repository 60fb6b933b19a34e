package io.nsqlops.logs.sink.memory;

import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.sink.LogSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps documents by their action line, which names data stream and id: a resend changes nothing.
 */
public final class MemorySink implements LogSink {
  private final Map<String, String> documents = new LinkedHashMap<>();
  private int duplicates;

  @Override
  public synchronized void deliver(DocumentBatch batch) {
    for (int item = 0; item < batch.size(); item++) {
      int start = batch.bodyStart(item);
      String lines =
          new String(
              batch.body().array(), start, batch.bodyEnd(item) - start, StandardCharsets.UTF_8);
      int newline = lines.indexOf('\n');
      String document = lines.substring(newline + 1, lines.length() - 1);
      if (documents.putIfAbsent(lines.substring(0, newline), document) != null) {
        duplicates++;
      }
    }
  }

  /** Documents in the order of their arrival. */
  public synchronized List<String> documents() {
    return new ArrayList<>(documents.values());
  }

  /** Documents by action line. */
  public synchronized Map<String, String> byAction() {
    return new LinkedHashMap<>(documents);
  }

  /** Documents that arrived again. */
  public synchronized int duplicates() {
    return duplicates;
  }

  @Override
  public void close() {}
}
