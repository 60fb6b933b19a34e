package io.nsqlops.logs.flow;

import io.nsqlops.logs.checkpoint.CheckpointLog;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.model.FileRecord;
import io.nsqlops.logs.tail.FileTracker;
import io.nsqlops.logs.tail.TrackedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes delivered batches back, moves the watermarks of their files, and writes checkpoints. */
final class Acknowledgements {
  private final Outbox outbox;
  private final FileTracker tracker;
  private final CheckpointLog checkpoints;
  private final ShipperMetrics metrics;

  Acknowledgements(
      Outbox outbox, FileTracker tracker, CheckpointLog checkpoints, ShipperMetrics metrics) {
    this.outbox = outbox;
    this.tracker = tracker;
    this.checkpoints = checkpoints;
    this.metrics = metrics;
  }

  /** Takes whatever was delivered by now. */
  void take() {
    Optional<DocumentBatch> next = outbox.pollDelivered();
    while (next.isPresent()) {
      DocumentBatch batch = next.get();
      batch.forEachRange(
          (generation, from, to) ->
              tracker.byGeneration(generation).ifPresent(file -> file.acknowledge(from, to)));
      metrics.acknowledged(batch.size());
      outbox.release(batch);
      next = outbox.pollDelivered();
    }
    write();
  }

  private void write() {
    List<FileRecord> changed = new ArrayList<>();
    for (TrackedFile file : tracker.files()) {
      if (file.takeDirty()) {
        changed.add(file.record());
      }
    }
    if (!changed.isEmpty()) {
      checkpoints.append(changed);
    }
  }

  void sync() {
    checkpoints.sync();
    metrics.checkpointFailures(checkpoints.failures());
  }

  void forget(List<TrackedFile> files) {
    checkpoints.forget(files.stream().map(TrackedFile::generation).toList());
  }
}
