package io.nsqlops.backup.flow.move;

import java.util.Map;

/**
 * How a dump is imported.
 *
 * @param database where a script goes that names none; empty if that is not known
 * @param threads files replayed at once, and readers of the backup
 * @param tags free labels of the backup
 */
public record ImportRequest(String database, int threads, Map<String, String> tags) {
  public ImportRequest {
    tags = Map.copyOf(tags);
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads");
    }
  }
}
