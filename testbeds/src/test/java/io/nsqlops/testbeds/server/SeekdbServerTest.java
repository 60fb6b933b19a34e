package io.nsqlops.testbeds.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@NeedsBed(Bed.SEEKDB)
class SeekdbServerTest extends SqlServerContract<SeekdbServer> {

  @Override
  SeekdbServer start(Path home) {
    return SeekdbServer.start(home);
  }

  @Test
  void readsThePastBySystemChangeNumber() throws Exception {
    try (SeekdbServer server = start(directory)) {
      assertThat(query(server, "SELECT VERSION()")).contains("OceanBase");
      store(server, "old");
      String scn = query(server, "SELECT CURRENT_SCN()");
      store(server, "new");
      assertThat(query(server, "SELECT text FROM shop.note AS OF SNAPSHOT " + scn))
          .isEqualTo("old");
      assertThat(stored(server)).isEqualTo("new");
    }
  }
}
