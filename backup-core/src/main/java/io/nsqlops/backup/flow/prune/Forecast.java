package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.plan.PrunePlan;

/**
 * What a prune is about to do.
 *
 * @param chunks that no backup will name any more and that may go
 * @param young chunks no backup names, but too young to go: an unfinished backup may want them
 * @param other manifests, sections and schemas of the backups that go
 */
public record Forecast(PrunePlan plan, Amount chunks, Amount young, Amount other) {}
