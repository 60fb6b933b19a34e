package io.nsqlops.backup.store;

import java.time.Instant;

/**
 * What a listing tells of an object.
 *
 * @param key relative to the repository's prefix
 * @param size in bytes
 * @param modified by the store's clock
 */
public record ObjectInfo(String key, long size, Instant modified) {}
