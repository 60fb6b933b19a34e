package io.nsqlops.logs.sink;

import io.nsqlops.logs.model.DocumentBatch;

/**
 * Where documents go.
 *
 * <p>Several threads deliver at the same time, each its own batch.
 */
public interface LogSink extends AutoCloseable {
  /**
   * Delivers a batch. Returns when every document has been stored, now or by an earlier attempt, or
   * has been kept as rejected; until then it tries again, for ever if need be. A document delivered
   * twice is stored once.
   *
   * @throws InterruptedException if the shipper stops: then nothing of the batch is acknowledged
   */
  void deliver(DocumentBatch batch) throws InterruptedException;

  @Override
  void close();
}
