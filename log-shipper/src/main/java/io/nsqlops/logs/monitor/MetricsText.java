package io.nsqlops.logs.monitor;

import io.nsqlops.logs.model.Metric;
import io.nsqlops.logs.model.Metric.Sample;
import java.util.List;
import java.util.Locale;

/** Metrics in Prometheus' text format, version 0.0.4. Pure. */
public final class MetricsText {
  /** The content type of the text. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double LARGEST_EXACT = 1e15;

  private MetricsText() {}

  public static String of(List<Metric> metrics) {
    StringBuilder out = new StringBuilder();
    for (Metric metric : metrics) {
      out.append("# HELP ").append(metric.name()).append(' ');
      out.append(metric.help().replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
      out.append("# TYPE ").append(metric.name()).append(' ');
      out.append(metric.kind().name().toLowerCase(Locale.ROOT)).append('\n');
      metric.samples().forEach(sample -> sample(metric.name(), sample, out));
    }
    return out.toString();
  }

  private static void sample(String name, Sample sample, StringBuilder out) {
    out.append(name);
    if (!sample.label().isEmpty()) {
      out.append('{').append(sample.label()).append("=\"");
      out.append(escaped(sample.labelValue())).append("\"}");
    }
    out.append(' ').append(number(sample.value())).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
