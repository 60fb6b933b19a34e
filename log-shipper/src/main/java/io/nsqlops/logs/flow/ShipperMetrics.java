package io.nsqlops.logs.flow;

import io.nsqlops.logs.model.FileLag;
import io.nsqlops.logs.model.Metric;
import io.nsqlops.logs.model.Metric.Kind;
import io.nsqlops.logs.model.Metric.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one shipper, read by whoever shows them. */
public final class ShipperMetrics {
  private static final Duration HANGING = Duration.ofSeconds(60);

  private final LongAdder bytesRead = new LongAdder();

  /** Written by the reading thread alone, for every event: an adder costs as much as a field. */
  private volatile long events;

  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder filtered = new LongAdder();
  private final LongAdder sampled = new LongAdder();
  private final LongAdder compacted = new LongAdder();
  private final LongAdder redacted = new LongAdder();
  private final Map<Abandoned, LongAdder> abandonedFiles = new EnumMap<>(Abandoned.class);
  private final Map<String, LongAdder> throttledNanos = new ConcurrentSkipListMap<>();
  private final AtomicLong openFiles = new AtomicLong();
  private final AtomicLong unwatchedFiles = new AtomicLong();
  private final AtomicLong unreadableFiles = new AtomicLong();
  private final AtomicLong checkpointFailures = new AtomicLong();
  private final LongAdder reloadFailures = new LongAdder();
  private final AtomicLong lastTurn = new AtomicLong();
  private volatile List<FileLag> lags = List.of();

  /** What counters stood at when a status told of them. Reading thread only. */
  private final Map<String, Double> told = new HashMap<>();

  /** Why the rest of a file was given up. */
  public enum Abandoned {
    /** It was deleted, or moved out of sight, while no shipper ran. */
    GONE("is gone"),
    /** It was truncated, and no copy was found: whether anything was unread, nobody knows. */
    TRUNCATED("was truncated, and no copy of it was found"),
    /** It is gone, and the end of it could not be read. */
    UNREADABLE("is gone, and its end could not be read");

    private final String text;

    Abandoned(String text) {
      this.text = text;
    }

    /** Its name in metrics and documents. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What happened to the file, behind its name. */
    String text() {
      return text;
    }
  }

  public ShipperMetrics() {
    for (Abandoned reason : Abandoned.values()) {
      abandonedFiles.put(reason, new LongAdder());
    }
  }

  Map<String, Double> told() {
    return told;
  }

  void read(long bytes) {
    bytesRead.add(bytes);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  void event() {
    events++;
  }

  void filtered(long count) {
    filtered.add(count);
  }

  void sampled(long count) {
    sampled.add(count);
  }

  void compacted(long count) {
    compacted.add(count);
  }

  void redacted(int places) {
    redacted.add(places);
  }

  void acknowledged(long count) {
    acknowledged.add(count);
  }

  void abandoned(Abandoned reason) {
    LongAdder counter = abandonedFiles.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void throttled(String source, long nanos) {
    throttledNanos.computeIfAbsent(source, s -> new LongAdder()).add(nanos);
  }

  void openFiles(long count) {
    openFiles.set(count);
  }

  void unwatchedFiles(long tooMany, long unreadable) {
    unwatchedFiles.set(tooMany);
    unreadableFiles.set(unreadable);
  }

  void checkpointFailures(long count) {
    checkpointFailures.set(count);
  }

  /** A configuration that was to be read again cannot be used. */
  public void reloadFailed() {
    reloadFailures.increment();
  }

  void lags(List<FileLag> now) {
    lags = List.copyOf(now);
  }

  /** The reading thread is alive. */
  void turn(long nanoTime) {
    lastTurn.set(nanoTime);
  }

  /** Bytes of files read. */
  public long bytesRead() {
    return bytesRead.sum();
  }

  /** Documents made. */
  public long events() {
    return events;
  }

  /** Documents whose outcome is final: stored, or kept as rejected. */
  public long acknowledged() {
    return acknowledged.sum();
  }

  /** Events left out because of their level. */
  public long filteredEvents() {
    return filtered.sum();
  }

  /** Events another one stands for because of sampling. */
  public long sampledEvents() {
    return sampled.sum();
  }

  /** Events another one stands for because they repeat it. */
  public long compactedEvents() {
    return compacted.sum();
  }

  /** Places in events that were made unreadable. */
  public long redactedPlaces() {
    return redacted.sum();
  }

  /** Files whose rest was given up. */
  public long abandonedFiles(Abandoned reason) {
    LongAdder counter = abandonedFiles.get(reason);
    return counter == null ? 0 : counter.sum();
  }

  /** Nanoseconds for which sources had something to read, and no budget left for it. */
  public long throttledNanos() {
    return throttledNanos.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Files that match and are not read: too many, or unreadable; as of the last look. */
  public long unwatchedFiles() {
    return unwatchedFiles.get() + unreadableFiles.get();
  }

  /** Files open at the moment. */
  public long openFiles() {
    return openFiles.get();
  }

  /** How far each file is behind, as of the last look. */
  public List<FileLag> lags() {
    return lags;
  }

  /** Bytes written and not acknowledged, as of the last look. */
  public long lagBytes() {
    return lags.stream().mapToLong(FileLag::bytes).sum();
  }

  /** Why the process should be restarted, empty if it is well. */
  public Optional<String> illness() {
    long last = lastTurn.get();
    long silence = System.nanoTime() - last;
    return last != 0 && silence > HANGING.toNanos()
        ? Optional.of("reading has been stuck for " + Duration.ofNanos(silence).toSeconds() + " s")
        : Optional.empty();
  }

  /** All of it. */
  public List<Metric> metrics() {
    List<Metric> all = new ArrayList<>();
    all.add(counter("read_bytes", "Bytes of log files read.", bytesRead()));
    all.add(counter("events", "Documents made of what was read.", events()));
    all.add(counter("acknowledged", "Documents stored, or kept as dead letters.", acknowledged()));
    all.add(counter("filtered", "Events left out because of their level.", filteredEvents()));
    all.add(counter("sampled", "Events left out that a kept one stands for.", sampledEvents()));
    all.add(
        counter(
            "compacted", "Repetitions that the event they repeat stands for.", compactedEvents()));
    all.add(counter("redacted", "Places in events made unreadable.", redactedPlaces()));
    all.add(
        counter(
            "checkpoint_failures",
            "Times the checkpoints could not be written.",
            checkpointFailures.get()));
    all.add(
        counter(
            "reload_failures",
            "Times the configuration was to be read again and could not be used.",
            reloadFailures.sum()));
    all.add(abandoned());
    all.add(throttled());
    all.add(Metric.gauge("nsqlops_logs_open_files", "Files held open.", (double) openFiles()));
    all.add(
        new Metric(
            "nsqlops_logs_unwatched_files",
            "Files that match, and are not read.",
            Kind.GAUGE,
            List.of(
                new Sample("reason", "too_many", (double) unwatchedFiles.get()),
                new Sample("reason", "unreadable", (double) unreadableFiles.get()))));
    List<FileLag> now = lags;
    all.add(
        perFile(
            "nsqlops_logs_lag_bytes",
            "Bytes written and not acknowledged.",
            now.stream().map(l -> new Sample("path", l.path(), (double) l.bytes())).toList()));
    all.add(
        perFile(
            "nsqlops_logs_lag_seconds",
            "Seconds since all of the file was acknowledged.",
            now.stream().map(l -> new Sample("path", l.path(), l.seconds())).toList()));
    all.add(
        Metric.gauge(
            "nsqlops_logs_heap_bytes",
            "Heap in use.",
            (double) (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory())));
    return all;
  }

  private Metric throttled() {
    List<Sample> samples = new ArrayList<>();
    throttledNanos.forEach(
        (source, nanos) -> samples.add(new Sample("source", source, nanos.sum() / 1e9)));
    return new Metric(
        "nsqlops_logs_throttled_seconds_total",
        "Seconds for which a source had something to read, but no budget left.",
        Kind.COUNTER,
        samples);
  }

  private Metric abandoned() {
    List<Sample> samples = new ArrayList<>();
    for (Abandoned reason : Abandoned.values()) {
      String label = reason.label();
      samples.add(new Sample("reason", label, (double) abandonedFiles(reason)));
    }
    return new Metric(
        "nsqlops_logs_abandoned_files_total",
        "Files whose rest, if there was any, was not found again.",
        Kind.COUNTER,
        samples);
  }

  private static Metric counter(String name, String help, long value) {
    return Metric.counter("nsqlops_logs_" + name + "_total", help, value);
  }

  private static Metric perFile(String name, String help, List<Sample> samples) {
    return new Metric(name, help, Kind.GAUGE, samples);
  }
}
