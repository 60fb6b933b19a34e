package io.nsqlops.cli.doctor;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import io.nsqlops.backup.repository.StateSurvey;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.StoreCapabilities;
import io.nsqlops.cli.output.StoreView;
import io.nsqlops.cli.output.Units;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reaches the store, opens the repository, tries what the store can do, compares clocks. */
public final class RepositoryCheck {
  private static final String SUBJECT = "repository";

  private final Checklist list;
  private final Clock clock;

  public RepositoryCheck(Checklist list, Clock clock) {
    this.list = list;
    this.clock = clock;
  }

  /** Makes all checks of an open repository; writes and removes one small object. */
  public void run(ObjectStore store, Repository repository) {
    list.check(
        SUBJECT,
        "open",
        () ->
            repository.location()
                + ", "
                + (repository.encrypted() ? "encrypted" : "not encrypted")
                + ", id "
                + repository.id());
    list.check(SUBJECT, "list", () -> backups(repository));
    list.attempt(SUBJECT, "state", () -> StateSurvey.make(repository)).ifPresent(this::state);
    list.attempt(SUBJECT, "write", store::probe)
        .ifPresent(found -> capabilities(repository.capabilities(), found));
    list.attempt(SUBJECT, "clock", () -> storeTime(store));
  }

  private static String backups(Repository repository) {
    List<String> ids = repository.backupIds();
    return ids.isEmpty()
        ? "no backups yet"
        : ids.size() + " backups, the latest " + repository.find("latest").id();
  }

  private void state(StateSurvey found) {
    if (found.damaged().isEmpty()) {
      list.well(
          SUBJECT,
          "state",
          "%s, %s, %s can be read"
              .formatted(
                  Units.count(found.pins(), "pin"),
                  Units.count(found.garbageLists(), "garbage list"),
                  leases(found)));
    } else {
      list.ill(
          SUBJECT,
          "state",
          "damaged: " + String.join(", ", found.damaged()),
          "no rows are lost with them. Of pins/, unpin and pin the backup again; leases are removed by"
              + " prunes within days, garbage lists by: nsql-ops prune --remove-damaged …");
    }
  }

  private static String leases(StateSurvey found) {
    String read = Units.count(found.leases(), "lease");
    return found.olderLeases() == 0
        ? read
        : read + " (" + Units.count(found.olderLeases()) + " older ones were not read)";
  }

  private void capabilities(StoreCapabilities atInit, StoreCapabilities now) {
    if (atInit.conditionalPut() && !now.conditionalPut()) {
      list.ill(
          SUBJECT,
          "write",
          "the store no longer refuses to overwrite, as it did at init",
          "do not run two backups into it at once, and ask the store's operator what changed");
    } else {
      list.well(SUBJECT, "write", "can be written, " + StoreView.described(now));
    }
  }

  private boolean storeTime(ObjectStore store) {
    String key = RepositoryLayout.CHECKED + UUID.randomUUID();
    Instant before = clock.instant();
    store.put(key, "clock".getBytes(StandardCharsets.UTF_8));
    try {
      Optional<Instant> there = store.head(key).map(ObjectInfo::modified);
      there.ifPresent(time -> list.clock(SUBJECT, before, time));
      return there.isPresent();
    } finally {
      list.attempt(SUBJECT, "delete", () -> deleted(store, key));
    }
  }

  /** Credentials that may only append are a good practice. */
  private boolean deleted(ObjectStore store, String key) {
    try {
      store.delete(key);
      return true;
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.USAGE) {
        throw e;
      }
      list.well(
          SUBJECT,
          "delete",
          "objects cannot be deleted (only prune, pin, unpin and key need that)");
      return false;
    }
  }
}
