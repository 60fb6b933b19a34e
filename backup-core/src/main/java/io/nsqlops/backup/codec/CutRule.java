package io.nsqlops.backup.codec;

/**
 * Where chunks end. A row ends a chunk if the hash of its key, as a 64-bit number, is below its
 * length times 2^64 / target: the chance is in proportion to the row's bytes, so chunks have {@code
 * target} bytes on average whatever the rows look like, and no statistics are needed. A row alone
 * decides, so everyone who reads it cuts there, wherever they began to read. Larger targets keep a
 * subset of the cuts of smaller ones.
 *
 * @param targetShift log2 of the mean chunk size in bytes
 */
public record CutRule(int targetShift) {
  /** A chunk is also cut when it is this many times the mean. */
  private static final int MAX_FACTOR = 4;

  /** Or so many bytes: every worker has room for a chunk, and the heap for every worker. */
  private static final int MOST = 1 << 24;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  public CutRule {
    if (targetShift < 8 || targetShift > 24) {
      throw new IllegalArgumentException("target shift " + targetShift);
    }
  }

  /** Size in bytes at which a chunk is cut although no row asks for it. */
  public int maxBytes() {
    return Math.min(MOST, MAX_FACTOR << targetShift);
  }

  /** Whether a row of {@code rowLength} bytes with this key ends a chunk. */
  public boolean endsChunk(byte[] bytes, int keyStart, int keyEnd, int rowLength) {
    if (rowLength >= 1 << targetShift) {
      return true;
    }
    long threshold = (long) rowLength << (64 - targetShift);
    return Long.compareUnsigned(hash(bytes, keyStart, keyEnd), threshold) < 0;
  }

  /** FNV-1a over the key, then the finaliser of MurmurHash3 to spread it over all 64 bits. */
  private static long hash(byte[] bytes, int start, int end) {
    long h = FNV_OFFSET;
    for (int i = start; i < end; i++) {
      h = (h ^ (bytes[i] & 0xff)) * FNV_PRIME;
    }
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
