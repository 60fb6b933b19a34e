package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.plan.StoredBackup;
import io.nsqlops.backup.plan.StoredBackup.Condition;
import io.nsqlops.backup.repository.PruneLease;
import io.nsqlops.backup.repository.Repository;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/** Removes backups that no rule keeps, then what only they needed. */
public final class PruneFlow {
  private final Repository repository;
  private final Clock clock;
  private final Progress progress;

  public PruneFlow(Repository repository, Clock clock, Progress progress) {
    this.repository = repository;
    this.clock = clock;
    this.progress = progress;
  }

  /** What {@link #run} would do now. Changes nothing, not even a lease. */
  public Forecast plan(PruneRequest request) {
    progress.phase("plan", 0);
    Forecast forecast = new Survey(repository, request, clock.instant()).forecast(clock.instant());
    warnOfFuture(forecast);
    return forecast;
  }

  /**
   * Prunes. May be stopped at any moment: another prune finishes what is left.
   *
   * @param announce is told the plan before anything is deleted
   * @throws OpsException LOCKED while another prune runs; VERIFICATION_FAILED, before anything is
   *     deleted, if a backup that stays cannot be read
   */
  public PruneReport run(PruneRequest request, Consumer<Forecast> announce) {
    try (PruneLease lease = PruneLease.take(repository, clock.instant(), request.breakLock())) {
      progress.phase("plan", 0);
      Survey survey = new Survey(repository, request, earlier(clock.instant(), lease.taken()));
      // what another prune took from under this one would look like damage
      lease.proveHeld();
      Forecast forecast = survey.forecast(lease.taken());
      warnOfFuture(forecast);
      announce.accept(forecast);
      forecast.plan().kept().forEach(PruneFlow::requireReadable);
      progress.phase("prune", forecast.chunks().bytes() + forecast.other().bytes());
      return new Sweep(repository, lease, survey, forecast, request, progress).run();
    }
  }

  private void warnOfFuture(Forecast forecast) {
    forecast.plan().kept().stream()
        .filter(StoredBackup::future)
        .forEach(
            backup ->
                progress.warning(
                    "backup "
                        + backup.id()
                        + " is in the future by the clock here or by the store's, one of them is or"
                        + " was wrong: it stays, and no rule counts it; if its clock was wrong, remove"
                        + " it with --remove-future, as `latest` is that one"));
  }

  /** One machine may make backups and prune by the same wrong clock. */
  private static Instant earlier(Instant here, Instant store) {
    return here.isBefore(store) ? here : store;
  }

  /** Its chunks are not known, so no chunk could be called garbage. */
  private static void requireReadable(StoredBackup backup) {
    if (backup.condition() == Condition.UNREADABLE) {
      throw new OpsException(
          ErrorKind.VERIFICATION_FAILED,
          backup.id(),
          "nothing was removed: backup " + backup.id() + " is damaged: " + backup.damage(),
          backup.pinned()
              ? "put the object back from a copy of the repository, or unpin the backup and prune"
                  + " with --remove-damaged"
              : "put the object back from a copy of the repository, or give the backup up: prune"
                  + " with --remove-damaged");
    }
  }
}
