package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A misspelt name is told, whatever it was meant for. */
class UnmatchedPatternsTest {
  private final MemoryServer server = MemoryScenario.shop();
  private final Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
  private final List<String> warnings = new ArrayList<>();

  private Manifest backup(List<String> include, List<String> exclude) {
    return new BackupFlow(server, repository, Clock.systemUTC(), new Warnings(warnings))
        .run(new BackupFlow.Request(new Selection(include, exclude), 1, Map.of()));
  }

  private static void requireNamed(ThrowingCallable call, String... patterns) {
    OpsException e = catchThrowableOfType(OpsException.class, call);
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage()).endsWith("--include " + String.join(", ", patterns));
  }

  @Test
  void aBackupOfWhatIsNotThereIsNone() {
    requireNamed(() -> backup(List.of("shpo"), List.of()), "shpo");
    requireNamed(
        () -> backup(List.of("shop.items", "shop.itmes", "Shop", "shop.v?"), List.of()),
        "shop.itmes",
        "Shop",
        "shop.v?");
    assertThat(repository.backupIds()).isEmpty();
  }

  @Test
  void patternsMayFitSomethingElseThanTables() {
    server.add(MemoryScenario.object(SchemaObject.Kind.DATABASE, "empty", "empty"));
    Manifest manifest = backup(List.of("shop.v", "empty", "shop.f"), List.of());
    assertThat(manifest.totals().tables()).isZero();
    assertThat(BackupContents.read(repository, "latest").objects()).hasSize(4);
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatLeavesNothingOutIsTold() {
    assertThat(backup(List.of(), List.of("shop.lgo", "shop.few", "shop.v")).totals().tables())
        .isEqualTo(2);
    assertThat(warnings).containsExactly("nothing in memory:1 fits --exclude shop.lgo");
  }

  @Test
  void comparisonsTellWhatLeavesNothingOut() {
    backup(List.of(), List.of());
    server.add(MemoryScenario.object(SchemaObject.Kind.VIEW, "shop", "later"));
    Selection selection = new Selection(List.of(), List.of("shop.lgo", "shop.later"));
    DiffFlow diff = new DiffFlow(repository, new Warnings(warnings));
    diff.live("latest", server, selection, 1);
    assertThat(warnings).hasSize(1).allMatch(w -> w.endsWith("memory:1 fits --exclude shop.lgo"));
    warnings.clear();
    diff.backups("latest", "latest", selection);
    assertThat(warnings).hasSize(2);
  }

  @Test
  void restoresAndComparisonsTellItToo() {
    backup(List.of(), List.of());
    BackupContents contents = BackupContents.read(repository, "latest");
    Selection wrong = new Selection(List.of("shop.few", "shop.itmes"), List.of());
    requireNamed(
        () ->
            new RestorePlanner(wrong, Map.of(), false)
                .plan(contents.manifest(), contents.tables(), contents.objects()),
        "shop.itmes");
    DiffFlow diff = new DiffFlow(repository, Progress.NONE);
    requireNamed(() -> diff.backups("latest", "latest", wrong), "shop.itmes");
    requireNamed(() -> diff.live("latest", server, wrong, 1), "shop.itmes");
    Selection view = new Selection(List.of("shop.few", "shop.v"), List.of());
    assertThat(diff.live("latest", server, view, 1).tables()).isEqualTo(1);
  }
}
