package io.nsqlops.logs.model;

/**
 * How far the shipper is behind with one file.
 *
 * @param bytes written, but not acknowledged; of a compressed file unknown, and 0
 * @param seconds since there was nothing behind; 0 if there is nothing
 */
public record FileLag(String path, long bytes, double seconds) {}
