package io.nsqlops.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.RestoreFlow.AccountReport;
import io.nsqlops.backup.flow.RestoreFlow.Missing;
import io.nsqlops.backup.flow.RestoreFlow.Report;
import io.nsqlops.backup.model.TableName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RestoreViewTest {
  private static List<String> text(AccountReport accounts) {
    return RestoreView.text(report(accounts), "db:3306", Duration.ofSeconds(12));
  }

  private static Report report(AccountReport accounts) {
    return new Report("id", 2, 1200, 2048, 1200, List.of(), List.of(), accounts);
  }

  @Test
  void withoutAccountsTheyAreNotMentioned() {
    assertThat(text(new AccountReport(0, List.of(), List.of())))
        .containsExactly(
            "restored  id into db:3306",
            "content   2 tables, 1,200 rows, 2.0 KiB",
            "verified  all rows were read back and are equal",
            "took      12 s");
  }

  @Test
  void whatWasNotReadBackIsNotCalledEqual() {
    AccountReport none = new AccountReport(0, List.of(), List.of());
    for (long rows : new long[] {0, 1200}) {
      Report report = new Report("id", 2, rows, 2048, 0, List.of(), List.of(), none);
      assertThat(RestoreView.text(report, "db:3306", Duration.ofSeconds(12)))
          .contains("verified  nothing was read back" + (rows == 0 ? ": there are no rows" : ""));
    }
  }

  @Test
  void accountsThatStayAndRightsLeftOutAreNamed() {
    AccountReport accounts =
        new AccountReport(1200, List.of("'a'@'%'", "'root'@'localhost'"), List.of("left out: x"));
    assertThat(text(accounts))
        .contains(
            "accounts  1,200 made; left as they are: 'a'@'%', 'root'@'localhost'",
            "grants    left out: x");
    assertThat(text(new AccountReport(1, List.of(), List.of()))).contains("accounts  1 made");

    ObjectNode json = RestoreView.json(report(accounts), "db:3306");
    assertThat(json.path("accounts").asLong()).isEqualTo(1200);
    assertThat(json.path("accountsLeft")).hasSize(2);
    assertThat(json.path("grantsLeftOut").get(0).asString()).isEqualTo("left out: x");
  }

  @Test
  void missingTablesAreNamed() {
    OpsException cause = new OpsException(ErrorKind.PARTIAL, "shop.a", "why", "mend it");
    Missing missing = new Missing(new TableName("shop", "a"), new TableName("mall", "a"), cause);
    AccountReport none = new AccountReport(0, List.of(), List.of());
    Report report = new Report("id", 2, 1200, 2048, 1200, List.of(missing), List.of(), none);
    assertThat(RestoreView.text(report, "db:3306", Duration.ofSeconds(12)))
        .contains("missing   mall.a");
    ObjectNode json = RestoreView.json(report, "db:3306");
    assertThat(json.path("missing").get(0))
        .isEqualTo(
            JsonMapper.shared()
                .readTree("{\"table\":\"shop.a\",\"as\":\"mall.a\",\"reason\":\"why\"}"));
  }
}
