package io.nsqlops.logs.model;

import java.util.List;

/**
 * One metric as it stands now.
 *
 * @param name in Prometheus' style; counters end in {@code _total}
 * @param samples values, told apart by their label
 */
public record Metric(String name, String help, Kind kind, List<Sample> samples) {
  /** Whether a value only grows. */
  public enum Kind {
    COUNTER,
    GAUGE
  }

  /**
   * A value.
   *
   * @param label name of the label, empty if there is none
   */
  public record Sample(String label, String labelValue, double value) {}

  public Metric {
    samples = List.copyOf(samples);
  }

  public static Metric counter(String name, String help, long value) {
    return new Metric(name, help, Kind.COUNTER, List.of(new Sample("", "", (double) value)));
  }

  public static Metric gauge(String name, String help, double value) {
    return new Metric(name, help, Kind.GAUGE, List.of(new Sample("", "", value)));
  }
}
