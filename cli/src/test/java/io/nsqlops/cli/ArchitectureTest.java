package io.nsqlops.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.net.Socket;
import java.time.Clock;
import java.util.List;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.nsqlops", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] ADAPTERS = {
    "io.nsqlops.backup.engine.*",
    "io.nsqlops.backup.store.*",
    "io.nsqlops.backup.key.*",
    "io.nsqlops.logs.sink.*"
  };

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("io.nsqlops.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NOBODY_SEES_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAnyPackage("io.nsqlops.backup..", "io.nsqlops.logs..", "io.nsqlops.k8s..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.nsqlops.cli..", "io.nsqlops.demo..", "io.nsqlops.testbeds..");

  @ArchTest
  static final ArchRule BACKUP_KNOWS_ITSELF_ONLY =
      noClasses()
          .that()
          .resideInAPackage("io.nsqlops.backup..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.nsqlops.logs..", "io.nsqlops.k8s..");

  @ArchTest
  static final ArchRule LOGS_KNOW_THEMSELVES_ONLY =
      noClasses()
          .that()
          .resideInAPackage("io.nsqlops.logs..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.nsqlops.backup..", "io.nsqlops.k8s..");

  @ArchTest
  static final ArchRule KUBERNETES_KNOWS_OF_LOGS_THEIR_CONFIGURATION =
      noClasses()
          .that()
          .resideInAPackage("io.nsqlops.k8s..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.nsqlops.logs..")
                  .and(not(resideInAnyPackage("io.nsqlops.logs.config.."))));

  @ArchTest
  static final ArchRule VALUES_DEPEND_ON_NOTHING =
      classes()
          .that()
          .resideInAPackage("io.nsqlops.backup.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.nsqlops.backup.model..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule PURE_PARTS_DO_NO_IO =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.nsqlops.backup.model..",
              "io.nsqlops.backup.plan..",
              "io.nsqlops.backup.codec",
              "io.nsqlops.logs.ack..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.nio.file..",
                      "java.nio.channels..",
                      "java.net.http..",
                      "java.sql..",
                      "javax.sql..",
                      "java.util.concurrent..",
                      "org.slf4j..",
                      "software.amazon.awssdk..")
                  .or(type(File.class))
                  .or(type(Socket.class))
                  .or(type(Clock.class))
                  .or(type(Thread.class)));

  @ArchTest
  static final ArchRule FLOWS_KNOW_PORTS_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage("io.nsqlops.backup.flow..", "io.nsqlops.logs.flow..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ADAPTERS);

  @ArchTest
  static final ArchRule ADAPTERS_KNOW_NO_FLOW =
      noClasses()
          .that()
          .resideInAnyPackage(ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.nsqlops.backup.flow..",
              "io.nsqlops.backup.plan..",
              "io.nsqlops.backup.repository..",
              "io.nsqlops.logs.flow..");

  /** TiDB and OceanBase speak MySQL's language and build on its adapter; no other does so. */
  @ArchTest
  static final ArchRule ENGINES_DO_NOT_SEE_EACH_OTHER =
      slices()
          .matching("io.nsqlops.backup.engine.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAnyPackage(
                  "io.nsqlops.backup.engine.tidb..", "io.nsqlops.backup.engine.oceanbase.."),
              resideInAnyPackage("io.nsqlops.backup.engine.mysql.."));

  @ArchTest
  static final ArchRule STORES_DO_NOT_SEE_EACH_OTHER =
      slices().matching("io.nsqlops.backup.store.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule KEY_PROVIDERS_DO_NOT_SEE_EACH_OTHER =
      slices().matching("io.nsqlops.backup.key.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule WIRING_ALONE_KNOWS_ADAPTERS =
      noClasses()
          .that()
          .resideInAnyPackage("io.nsqlops.cli..")
          .and()
          .doNotHaveFullyQualifiedName(Wiring.class.getName())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ADAPTERS);

  @ArchTest
  static final ArchRule JDBC_IN_ENGINES =
      only("java.sql..", "com.mysql..").in("io.nsqlops.backup.engine..", "io.nsqlops.testbeds..");

  @ArchTest
  static final ArchRule AWS_IN_ITS_ADAPTERS =
      only("software.amazon.awssdk..")
          .in("io.nsqlops.backup.store.s3..", "io.nsqlops.backup.key.kms..");

  @ArchTest
  static final ArchRule QUARTZ_IN_SCHEDULE =
      only("org.quartz..").in("io.nsqlops.backup.schedule..");

  @ArchTest
  static final ArchRule ELASTICSEARCH_IN_ITS_SINK =
      only("co.elastic..").in("io.nsqlops.logs.sink.elasticsearch..");

  @ArchTest
  static final ArchRule FABRIC8_IN_KUBERNETES = only("io.fabric8..").in("io.nsqlops.k8s..");

  @ArchTest static final ArchRule PICOCLI_HERE = only("picocli..").in("io.nsqlops.cli..");

  private static Only only(String... libraries) {
    return new Only(List.of(libraries));
  }

  private record Only(List<String> libraries) {
    ArchRule in(String... packages) {
      return noClasses()
          .that()
          .resideOutsideOfPackages(packages)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(libraries.toArray(String[]::new))
          .allowEmptyShould(true);
    }
  }
}
