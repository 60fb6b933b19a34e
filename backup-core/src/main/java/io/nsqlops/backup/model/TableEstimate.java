package io.nsqlops.backup.model;

/**
 * A table's name with the server's own guess of its size: good enough to order work, no more.
 *
 * @param bytes of data without indexes
 */
public record TableEstimate(TableName name, long bytes) {}
