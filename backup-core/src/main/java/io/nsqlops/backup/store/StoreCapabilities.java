package io.nsqlops.backup.store;

/**
 * What a store can do, found by {@link ObjectStore#probe()} and recorded at init.
 *
 * @param conditionalPut a put of a taken key is refused by the store itself
 */
public record StoreCapabilities(boolean conditionalPut) {}
