package io.nsqlops.logs.model;

import java.util.Arrays;

/**
 * Documents on their way as the NDJSON body of one bulk request, with the original text of each,
 * and the ranges of files that are acknowledged once every document has its outcome.
 *
 * <p>Buffers are reused: a batch is cleared, filled, delivered, acknowledged, and cleared again.
 */
public final class DocumentBatch implements RangeConsumer {
  private final int capacity;
  private final JsonBytes body;
  private final JsonBytes originals;
  private int[] bodyEnds = new int[1024];
  private int[] originalEnds = new int[1024];
  private int size;
  private long[] covered = new long[3 * 64];
  private int ranges;

  /**
   * @param capacity bytes of body kept between uses
   */
  public DocumentBatch(int capacity) {
    this.capacity = capacity;
    body = new JsonBytes(capacity);
    originals = new JsonBytes(capacity / 2);
  }

  public void clear() {
    body.clear(capacity + capacity / 2);
    originals.clear(capacity);
    size = 0;
    ranges = 0;
  }

  /** Where the action line and the document of the next item are written. */
  public JsonBytes body() {
    return body;
  }

  /** Where the original text of the next item is written. */
  public JsonBytes originals() {
    return originals;
  }

  /** Completes an item after its two lines and its original text were written. */
  public void endItem() {
    if (size == bodyEnds.length) {
      bodyEnds = Arrays.copyOf(bodyEnds, size * 2);
      originalEnds = Arrays.copyOf(originalEnds, size * 2);
    }
    bodyEnds[size] = body.size();
    originalEnds[size] = originals.size();
    size++;
  }

  /** Adds bytes of a file that are dealt with when this batch is. */
  @Override
  public void cover(long generation, long from, long to) {
    int last = 3 * ranges - 3;
    if (ranges > 0 && covered[last] == generation && covered[last + 2] == from) {
      covered[last + 2] = to;
      return;
    }
    if (3 * ranges == covered.length) {
      covered = Arrays.copyOf(covered, covered.length * 2);
    }
    covered[3 * ranges] = generation;
    covered[3 * ranges + 1] = from;
    covered[3 * ranges + 2] = to;
    ranges++;
  }

  public int size() {
    return size;
  }

  /** Whether there is neither an item nor a covered range. */
  public boolean isEmpty() {
    return size == 0 && ranges == 0;
  }

  public int bodyStart(int item) {
    return item == 0 ? 0 : bodyEnds[item - 1];
  }

  public int bodyEnd(int item) {
    return bodyEnds[item];
  }

  public int originalStart(int item) {
    return item == 0 ? 0 : originalEnds[item - 1];
  }

  public int originalEnd(int item) {
    return originalEnds[item];
  }

  /** Calls back with every covered range, in the order they were added. */
  public void forEachRange(RangeConsumer consumer) {
    for (int i = 0; i < 3 * ranges; i += 3) {
      consumer.cover(covered[i], covered[i + 1], covered[i + 2]);
    }
  }
}
