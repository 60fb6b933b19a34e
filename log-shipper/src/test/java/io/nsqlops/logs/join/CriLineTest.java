package io.nsqlops.logs.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CriLineTest {
  private final CriLine cri = new CriLine();

  @Test
  void readsTheEnvelope() {
    String line = "2016-10-06T00:17:09.669794202Z stdout P log content 1";
    assertThat(scan(line)).isTrue();
    assertThat(cri.stream()).isEqualTo(CriLine.STDOUT);
    assertThat(cri.isPartial()).isTrue();
    assertThat(line.substring(cri.contentFrom())).isEqualTo("log content 1");
    assertThat(line.substring(0, cri.timeEnd())).isEqualTo("2016-10-06T00:17:09.669794202Z");
    line = "2016-10-06T00:17:09.669794203Z stderr F log content 2";
    assertThat(scan(line)).isTrue();
    assertThat(cri.stream()).isEqualTo(CriLine.STDERR);
    assertThat(cri.isPartial()).isFalse();
    assertThat(line.substring(cri.contentFrom())).isEqualTo("log content 2");
  }

  @Test
  void readsTagsZonesAndEmptyContent() {
    String line = "2016-10-06T00:17:09.669794202+02:00 stderr F:tag:x  two";
    assertThat(scan(line)).isTrue();
    assertThat(cri.stream()).isEqualTo(CriLine.STDERR);
    assertThat(cri.isPartial()).isFalse();
    assertThat(line.substring(cri.contentFrom())).isEqualTo(" two");

    assertThat(scan("2016-10-06T00:17:09.669794202Z stdout F ")).isTrue();
    assertThat(scan("2016-10-06T00:17:09.669794202Z stdout F")).isTrue();
    assertThat(cri.contentFrom()).isEqualTo("2016-10-06T00:17:09.669794202Z stdout F".length());
  }

  @Test
  void refusesOtherLines() {
    assertThat(scan("")).isFalse();
    assertThat(scan("2016-10-06T00:17:09.669794202Z stdxxx F a")).isFalse();
    assertThat(scan("2016-10-06T00:17:09.669794202Z stdout X a")).isFalse();
    assertThat(scan("2016-10-06T00:17:09.669794202Z stdout Fa")).isFalse();
    assertThat(scan("panic: runtime error: index out of range [5] with length 3")).isFalse();
  }

  @Property
  void neverThrows(@ForAll @Size(max = 80) byte[] bytes) {
    cri.scan(bytes, 0, bytes.length);
  }

  private boolean scan(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return cri.scan(bytes, 0, bytes.length);
  }
}
