package io.nsqlops.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsBed(Bed.MARIADB)
class SampleShopTest {
  @TempDir Path directory;

  @Test
  void hasWhatItSaysAndDamageShows() throws Exception {
    try (MariaDbServer server = MariaDbServer.start(directory)) {
      SampleShop shop = new SampleShop(server::connect, ShopSize.ofRows(10_000));
      List<String> filled = new ArrayList<>();

      shop.create((table, rows, took) -> filled.add(table));
      List<String> whole = shop.fingerprint();
      server.execute("FLUSH TABLES");

      assertThat(filled).contains("shop.order_items", "stats.page_views");
      assertThat(shop.databases().stream().mapToLong(SampleShop.Database::rows).sum())
          .isGreaterThan(10_000);
      assertThat(shop.fingerprint()).isEqualTo(whole);
      assertThat(whole.toString())
          .contains("foreign key shop managed_by", "trigger shop note_state", "next value 100");

      shop.changeALittle();
      assertThat(shop.fingerprint()).hasSameSizeAs(whole).isNotEqualTo(whole);
      assertThat(shop.damage()).contains("DROP DATABASE crm");
      assertThat(shop.databases()).anyMatch(d -> d.name().equals("crm") && d.tables() == 0);
    }
  }
}
