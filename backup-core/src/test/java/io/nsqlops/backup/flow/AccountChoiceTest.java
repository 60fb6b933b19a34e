package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.MemoryImporter;
import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.plan.RestorePlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountChoiceTest {
  private static final String NEW = "'new'@'%'";
  private static final String OLD = "'old'@'%'";
  private static final String OWN = MemoryImporter.OWN_ACCOUNT;

  private final MemoryServer target = new MemoryServer().add(account(OLD)).add(account(OWN));
  private final MemoryImporter importer = new MemoryImporter(target);

  private static SchemaObject account(String name) {
    return MemoryScenario.object(Kind.ACCOUNT, "", name);
  }

  private static RestorePlan plan(String... names) {
    List<SchemaObject> objects = new ArrayList<>();
    objects.add(MemoryScenario.object(Kind.VIEW, "shop", OLD));
    for (String name : names) {
      objects.add(account(name));
      objects.add(MemoryScenario.object(Kind.GRANTS, "", name));
    }
    return new RestorePlan(
        "id", List.of(), objects, Content.ALL, new ServerInfo("memory", "1", "memory:1"));
  }

  private static List<String> names(AccountChoice choice) {
    return choice.plan().objects().stream().map(SchemaObject::toString).toList();
  }

  @Test
  void whatExistsStaysWithoutNewRights() {
    AccountChoice choice = AccountChoice.of(plan(NEW, OLD, OWN), importer, false, false);
    assertThat(choice.left()).containsExactly(OWN, OLD);
    assertThat(choice.replaced()).isEmpty();
    assertThat(names(choice))
        .containsExactly("view shop." + OLD, "account " + NEW, "grants of " + NEW);
  }

  @Test
  void onesOwnIsNotReplaced() {
    AccountChoice choice = AccountChoice.of(plan(NEW, OLD, OWN), importer, false, true);
    assertThat(choice.left()).containsExactly(OWN);
    assertThat(choice.replaced()).containsExactly(OLD);
    assertThat(names(choice)).contains("account " + OLD, "grants of " + OLD).hasSize(5);
  }

  @Test
  void whatTheSameRestoreMadeIsMadeAnewUnlessItIsOnesOwnByNow() {
    target.clear();
    importer.create(account(OLD));
    importer.create(account(OWN));
    AccountChoice choice = AccountChoice.of(plan(NEW, OLD, OWN), importer, true, false);
    assertThat(choice.left()).isEmpty();
    assertThat(choice.replaced()).isEmpty();
    assertThat(choice.already()).hasSize(1);
    assertThat(names(choice))
        .contains("account " + OLD, "grants of " + OWN)
        .doesNotContain("account " + OWN);
    assertThat(AccountChoice.of(plan(OLD), importer, false, false).left()).containsExactly(OLD);
  }

  @Test
  void withoutAccountsNothingIsAsked() {
    RestorePlan plan = plan();
    assertThat(AccountChoice.of(plan, importer, false, true).plan()).isSameAs(plan);
  }
}
