package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.MemoryImporter;
import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectCreationTest {
  private static final SchemaObject ACCOUNT = object(Kind.ACCOUNT, "'a'@'%'");
  private static final SchemaObject GRANTS = object(Kind.GRANTS, "'a'@'%'");
  private static final SchemaObject VIEW = object(Kind.VIEW, "v");
  private static final SchemaObject TOP = object(Kind.VIEW, "top");

  private final MemoryServer target = new MemoryServer();
  private final MemoryImporter importer = new MemoryImporter(target);
  private final ObjectCreation creation = new ObjectCreation(importer, List.of(), Set.of());

  private static SchemaObject object(Kind kind, String name) {
    return MemoryScenario.object(kind, kind == Kind.VIEW ? "shop" : "", name);
  }

  @Test
  void whatNeedsAnotherWaitsForIt() {
    importer.needs(TOP, ErrorKind.INTERNAL, VIEW).needs(GRANTS, ErrorKind.PARTIAL, TOP);
    creation.create(List.of(ACCOUNT, TOP, VIEW, GRANTS));
    assertThat(target.objects()).containsExactly(ACCOUNT, VIEW, TOP, GRANTS);
    assertThat(creation.failures()).isEmpty();
    assertThat(creation.idle()).isEmpty();
    assertThat(creation.accounts()).isEqualTo(1);
  }

  /** Some of the rights may be just what the view is waiting for. */
  @Test
  void rightsThatAreGivenInPartLetTheOthersTryAgain() {
    importer.needs(GRANTS, ErrorKind.PARTIAL, VIEW).failsOnce(VIEW);
    creation.create(List.of(VIEW, GRANTS));
    assertThat(target.objects()).containsExactly(VIEW, GRANTS);
  }

  @Test
  void rightsOnWhatIsNotThereAreNoFailure() {
    importer.needs(GRANTS, ErrorKind.PARTIAL, VIEW);
    creation.create(List.of(ACCOUNT, GRANTS));
    assertThat(creation.failures()).isEmpty();
    assertThat(creation.idle())
        .containsExactly("left out of the grants of 'a'@'%': it needs view shop.v");
  }

  @Test
  void anAccountThatFailsIsToldOnce() {
    importer.needs(ACCOUNT, ErrorKind.USAGE, VIEW).needs(GRANTS, ErrorKind.USAGE, ACCOUNT);
    creation.create(List.of(ACCOUNT, GRANTS));
    assertThat(creation.failures())
        .containsExactly("could not create account 'a'@'%': it needs view shop.v");
    assertThat(creation.accounts()).isZero();
  }

  @Test
  void anAccountTakesThePlaceOfAnother() {
    target.add(ACCOUNT);
    ObjectCreation replacing = new ObjectCreation(importer, List.of(), Set.of(ACCOUNT.name()));
    replacing.create(List.of(ACCOUNT));
    assertThat(replacing.accounts()).isEqualTo(1);
    assertThat(replacing.failures()).isEmpty();
    creation.create(List.of(ACCOUNT));
    assertThat(creation.failures()).hasSize(1);
  }

  @Test
  void aServerThatIsGoneEndsIt() {
    importer.needs(VIEW, ErrorKind.TRANSIENT, TOP);
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> creation.create(List.of(VIEW, ACCOUNT)));
    assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(target.objects()).isEmpty();
  }
}
