package io.nsqlops.logs.model;

/**
 * A data stream {@code logs-<dataset>-<namespace>}.
 *
 * @param dataset which kind of log, for example {@code tidb.server}
 * @param namespace whose, usually the cluster's name
 */
public record DataStream(String dataset, String namespace) {
  public DataStream {
    check("dataset", dataset);
    check("namespace", namespace);
  }

  public String name() {
    return "logs-" + dataset + '-' + namespace;
  }

  /** Whether Elasticsearch takes this as a part of a data stream's name. */
  public static boolean isPart(String part) {
    if (part.isEmpty() || part.length() > 100) {
      return false;
    }
    return part.chars()
        .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.');
  }

  private static void check(String what, String value) {
    if (!isPart(value)) {
      throw new IllegalArgumentException(
          what + " must be 1 to 100 of a-z, 0-9, '_' and '.', not '" + value + "'");
    }
  }
}
