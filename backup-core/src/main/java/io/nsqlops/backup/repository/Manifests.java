package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.error.Thrown;
import io.nsqlops.backup.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the manifests of many backups say, in the order asked for.
 *
 * @param whole those that can be read; a backup removed meanwhile is left out
 * @param damaged by id, why the others cannot
 */
public record Manifests(List<Manifest> whole, List<Damaged> damaged) {
  /** Each is a request of its own to the store, which mostly waits for the answer. */
  private static final int AT_ONCE = 8;

  /** A backup that exists, but cannot be told about. */
  public record Damaged(String id, OpsException why) {}

  /**
   * Reads them, several at once.
   *
   * @throws OpsException if the store does not answer
   */
  public static Manifests read(Repository repository, List<String> ids) {
    ExecutorService readers =
        Executors.newFixedThreadPool(
            AT_ONCE,
            work -> {
              Thread thread = new Thread(work, "manifest-reader");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<Optional<Manifest>>> reads = new ArrayList<>();
      ids.forEach(id -> reads.add(readers.submit(() -> repository.lookUp(id))));
      return collect(ids, reads);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OpsException(
          ErrorKind.INTERRUPTED,
          repository.location(),
          "reading the manifests was interrupted",
          "run the same command again",
          e);
    } finally {
      readers.shutdownNow();
    }
  }

  /** The first that the store does not answer ends it; the others are given up. */
  private static Manifests collect(List<String> ids, List<Future<Optional<Manifest>>> reads)
      throws InterruptedException {
    List<Manifest> whole = new ArrayList<>();
    List<Damaged> damaged = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      try {
        reads.get(i).get().ifPresent(whole::add);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof OpsException why
            && why.kind() == ErrorKind.VERIFICATION_FAILED) {
          damaged.add(new Damaged(ids.get(i), why));
        } else {
          throw Thrown.again(e.getCause());
        }
      }
    }
    return new Manifests(whole, damaged);
  }
}
