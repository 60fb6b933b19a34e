package io.nsqlops.backup.model;

/**
 * An object a manifest names.
 *
 * @param key in the repository
 * @param bytes stored size
 * @param sha256 of the stored bytes, hex
 */
public record StoredObject(String key, long bytes, String sha256) {}
