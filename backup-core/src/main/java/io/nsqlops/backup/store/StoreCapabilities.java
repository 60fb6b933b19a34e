package io.nsqlops.backup.store;

/**
 * What a store can do, found by {@link ObjectStore#probe()}; the first is recorded at init.
 *
 * @param conditionalPut a put of a taken key is refused by the store itself
 * @param versions what is replaced or deleted is kept as an old version, and takes space
 */
public record StoreCapabilities(boolean conditionalPut, boolean versions) {

  /** Of a store that keeps no versions. */
  public StoreCapabilities(boolean conditionalPut) {
    this(conditionalPut, false);
  }
}
