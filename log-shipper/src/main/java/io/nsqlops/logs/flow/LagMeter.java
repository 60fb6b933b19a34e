package io.nsqlops.logs.flow;

import io.nsqlops.logs.model.FileLag;
import io.nsqlops.logs.tail.TrackedFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Measures how far each file is behind. Reading thread only. */
final class LagMeter {
  private static final double NANOS = 1e9;

  private final ShipperMetrics metrics;
  private final IdentityHashMap<TrackedFile, Long> behindSince = new IdentityHashMap<>();
  private final AbandonedFiles abandonedFiles;

  LagMeter(ShipperMetrics metrics, AbandonedFiles abandonedFiles) {
    this.metrics = metrics;
    this.abandonedFiles = abandonedFiles;
  }

  void measure(List<TrackedFile> files, long now) {
    List<FileLag> lags = new ArrayList<>();
    for (TrackedFile file : files) {
      long bytes = file.behind();
      boolean behind = bytes > 0 || !file.isAcknowledged();
      if (behind) {
        long since = behindSince.computeIfAbsent(file, f -> now);
        lags.add(new FileLag(file.path().toString(), bytes, (now - since) / NANOS));
      } else {
        behindSince.remove(file);
        if (file.isOpen()) {
          lags.add(new FileLag(file.path().toString(), 0, 0));
        }
      }
      if (file.takeMissing()) {
        abandonedFiles.lostSight(file);
      }
    }
    Set<TrackedFile> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(files);
    behindSince.keySet().retainAll(known);
    metrics.lags(lags);
  }
}
