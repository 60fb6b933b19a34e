package io.nsqlops.backup.flow;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.TableName;

/** What to say when the heap does not hold a piece of a table. */
final class Heap {
  private Heap() {}

  static OpsException tooSmallFor(TableName table, OutOfMemoryError cause) {
    return new OpsException(
        ErrorKind.USAGE,
        table.toString(),
        "rows of table %s do not fit into the heap of %d MiB"
            .formatted(table, Runtime.getRuntime().maxMemory() >> 20),
        "its largest row needs some eight times its size: give more with NSQL_OPS_HEAP=1g, or use"
            + " fewer --threads",
        cause);
  }
}
