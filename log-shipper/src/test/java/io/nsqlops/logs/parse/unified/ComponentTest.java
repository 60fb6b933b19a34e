package io.nsqlops.logs.parse.unified;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComponentTest {
  @Test
  void isToldByTheNameOfContainerOrFile() {
    assertThat(Component.named("tikv")).contains(Component.TIKV);
    assertThat(Component.named("tidb.log")).contains(Component.TIDB);
    assertThat(Component.named("pd")).contains(Component.PD);
    assertThat(Component.named("pd-server")).contains(Component.PD);
    assertThat(Component.named("basic-TiFlash-0")).contains(Component.TIFLASH);
    assertThat(Component.named("update")).isEmpty();
    assertThat(Component.TICDC.dataset()).isEqualTo("ticdc.server");
  }
}
