package io.nsqlops.backup.model;

import java.time.Instant;

/**
 * The one moment every row of a backup belongs to.
 *
 * @param position in the engine's own terms: {@code gtid:0-1-42}, {@code binlog:f.000002:734},
 *     {@code tso:454…}; {@code time} where the engine keeps no log
 * @param time by the server's clock, UTC
 */
public record SnapshotPoint(String position, Instant time) {}
