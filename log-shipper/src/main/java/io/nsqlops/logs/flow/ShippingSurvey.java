package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.config.SourceConfig;
import io.nsqlops.logs.model.DataStream;
import io.nsqlops.logs.tail.SourceSurvey;
import java.util.SortedSet;
import java.util.TreeSet;

/** Looks at what a shipper with this configuration will find on this machine. */
public final class ShippingSurvey {
  private final LogsConfig config;

  public ShippingSurvey(LogsConfig config) {
    this.config = config;
  }

  /**
   * Writes and removes a small file in the state directory, which is made if it is not there.
   *
   * @return bytes that are free
   * @throws io.nsqlops.logs.error.LogsException of kind USAGE if it cannot be used
   */
  public long probeState() {
    return StateDirectory.probe(config.stateDirectory());
  }

  /** What there is to read, per source. */
  public SourceSurvey.Look sources() {
    return SourceSurvey.at(config.watched(), ShipLogs.mostFiles());
  }

  /** Names of the data streams that may be written, with a wildcard where lines decide. */
  public SortedSet<String> streams() {
    SortedSet<String> streams = new TreeSet<>();
    for (SourceConfig source : config.sources()) {
      streams.add("logs-" + dataset(source) + '-' + config.namespace());
    }
    streams.add(new DataStream(AbandonedFiles.DATASET, config.namespace()).name());
    return streams;
  }

  private static String dataset(SourceConfig source) {
    if (!source.dataset().isEmpty()) {
      return source.dataset();
    }
    return source.isDetected()
        ? "*"
        : new FormatCatalog(source, "", "").named(source.format()).dataset();
  }
}
