package io.nsqlops.cli.context;

import io.nsqlops.logs.sink.LogSink;
import java.util.function.LongSupplier;

/**
 * Where the log shipper delivers to.
 *
 * @param rejected how many documents were refused and kept as dead letters so far
 * @param conflicts how many documents an earlier attempt had stored
 */
public record LogDelivery(LogSink sink, LongSupplier rejected, LongSupplier conflicts)
    implements AutoCloseable {
  @Override
  public void close() {
    sink.close();
  }
}
