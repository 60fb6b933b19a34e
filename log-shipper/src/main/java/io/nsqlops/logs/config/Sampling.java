package io.nsqlops.logs.config;

import io.nsqlops.logs.model.Severity;

/**
 * Keeps one event in so many, by a hash of its id: whoever reads the file again keeps the same.
 *
 * @param oneIn how many events one kept stands for on average, at least 2
 * @param below events of this level and worse are all kept; those without a level are sampled
 */
public record Sampling(int oneIn, Severity below) {
  /** Whether the event of this generation that begins at this offset is one to be kept. */
  public boolean keeps(long generation, long offset) {
    long hash = generation * 0x9e3779b97f4a7c15L ^ offset;
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return Long.remainderUnsigned(hash ^ hash >>> 33, oneIn) == 0;
  }
}
