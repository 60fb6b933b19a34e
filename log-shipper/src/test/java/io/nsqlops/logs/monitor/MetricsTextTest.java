package io.nsqlops.logs.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.Metric;
import io.nsqlops.logs.model.Metric.Kind;
import io.nsqlops.logs.model.Metric.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
  @Test
  void writesTypesLabelsAndNumbers() {
    String text =
        MetricsText.of(
            List.of(
                Metric.counter("x_total", "How many.", 3_000_000_000L),
                new Metric(
                    "lag",
                    "Line\nbreak.",
                    Kind.GAUGE,
                    List.of(new Sample("path", "/a\\b\"c\n", 0.25), new Sample("path", "/d", 0)))));

    assertThat(text)
        .isEqualTo(
            """
            # HELP x_total How many.
            # TYPE x_total counter
            x_total 3000000000
            # HELP lag Line\\nbreak.
            # TYPE lag gauge
            lag{path="/a\\\\b\\"c\\n"} 0.25
            lag{path="/d"} 0
            """);
  }
}
