package io.nsqlops.cli.context;

import io.nsqlops.logs.model.Metric;
import io.nsqlops.logs.sink.LogSink;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the log shipper delivers to.
 *
 * @param rejected how many documents were refused and kept as dead letters so far
 * @param conflicts how many documents an earlier attempt had stored
 * @param metrics all there is to count
 * @param trouble why nothing is delivered for some time, empty if all is well
 */
public record LogDelivery(
    LogSink sink,
    LongSupplier rejected,
    LongSupplier conflicts,
    Supplier<List<Metric>> metrics,
    Supplier<Optional<String>> trouble)
    implements AutoCloseable {
  @Override
  public void close() {
    sink.close();
  }
}
