package io.nsqlops.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpNamesTest {
  @Property
  void everyNameComesBack(@ForAll String name) {
    String printable = name.replaceAll("[\\ud800-\\udfff]", "x");
    assertThat(DumpNames.decode(DumpNames.encode(printable))).isEqualTo(printable);
    assertThat(DumpNames.encode(printable)).doesNotContain(".", "/", "-schema");
  }

  /** As Dumpling's own rule has it. */
  @ParameterizedTest
  @CsvSource({
    "plain,plain",
    "a.b,a%2Eb",
    "..,%2E%2E",
    "a/b\\c,a%2Fb%5Cc",
    "100%,100%25",
    "t-schema,t%2Dschema",
    "t-SCHEMA-view,t%2DSCHEMA-view",
    "我们,我们",
    "a`b,a`b"
  })
  void asDumplingNamesFiles(String name, String encoded) {
    assertThat(DumpNames.encode(name)).isEqualTo(encoded);
  }
}
