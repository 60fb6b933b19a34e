package io.nsqlops.logs.join;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepetitionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region 12 is slow | region 7 is slow | true",
        "took 3ms | took 12.75ms | true",
        "took 1.5s. | took 2s. | true",
        "[2024/02/28 15:38:10.140 +08:00] [INFO] x | [2024/02/28 15:38:11.9 +08:00] [INFO] x | true",
        "YB42C0A82146-0005FC02 done | YB42C0A82147-0005FC03 done | true",
        "10.0.0.1:4000 left | 10.0.0.12:4000 left | true",
        "region 12 is slow | region 12 is fast | false",
        "region 12 | region 12 is slow | false",
        "region 12 | region | false",
        "region | region 12 | false",
        "a.b1 | c.b2 | false",
        "deadbeef | cafe1234 | false",
        "-1 | 1 | false",
        "grün 1 | grün 2 | true",
        "grün 1 | grau 2 | false",
      })
  void tellsRepetitions(String first, String second, boolean same) {
    assertThat(isOf(first, second)).isEqualTo(same);
    assertThat(isOf(second, first)).isEqualTo(same);
  }

  @Property
  void everyTextRepeatsItselfWhateverItsBytes(@ForAll @Size(max = 60) byte[] bytes) {
    assertThat(Repetition.isOf(bytes, 0, bytes.length, bytes.clone(), 0, bytes.length)).isTrue();
  }

  @Property
  void neverThrows(@ForAll @Size(max = 40) byte[] a, @ForAll @Size(max = 40) byte[] b) {
    assertThat(Repetition.isOf(a, 0, a.length, b, 0, b.length))
        .isEqualTo(Repetition.isOf(b, 0, b.length, a, 0, a.length));
  }

  private static boolean isOf(String first, String second) {
    byte[] a = first.getBytes(UTF_8);
    byte[] b = second.getBytes(UTF_8);
    return Repetition.isOf(a, 0, a.length, b, 0, b.length);
  }
}
