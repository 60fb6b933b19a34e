package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.flow.RestoreFlow;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.flow.RestoreFlow.Verify;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, roles and rights: what every server that has them must give back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccountContract {
  private @Nullable TestedEngine started;
  private Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());

  /** A fresh server. */
  protected abstract TestedEngine start(Path directory);

  /** The scripts that make database {@code shop} and the accounts. */
  protected abstract List<String> scripts();

  /** Users of the scripts with their passwords. */
  protected abstract Map<String, String> logins();

  @BeforeAll
  void startServer(@TempDir Path directory) throws SQLException {
    started = start(directory);
    dropAll();
  }

  @AfterAll
  void stopServer() {
    if (started != null) {
      started.close();
    }
  }

  protected TestedEngine engine() {
    if (started == null) {
      throw new IllegalStateException("the server did not start");
    }
    return started;
  }

  @BeforeEach
  void makeAccounts() throws SQLException {
    repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    try (Connection connection = engine().connect()) {
      for (String script : scripts()) {
        SqlScript.run(script, connection);
      }
    }
  }

  @AfterEach
  void dropAll() throws SQLException {
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement()) {
      for (String database : List.of("shop", "we``ird db", "shop_2", "nsql_ops_restore")) {
        statement.execute("DROP DATABASE IF EXISTS `" + database + "`");
      }
      for (List<String> account : AccountFacts.accounts(connection, engine().info().engine())) {
        String kind = account.size() == 1 ? "ROLE " : "USER ";
        statement.execute("DROP " + kind + AccountFacts.quoted(account));
      }
    }
  }

  private void execute(String... statements) throws SQLException {
    engine().server().execute(statements);
  }

  /** Without the right on a table that was dropped. */
  private Map<String, List<String>> facts() throws SQLException {
    try (Connection connection = engine().connect()) {
      Map<String, List<String>> facts = AccountFacts.of(connection, engine().info().engine());
      facts.replaceAll((what, lines) -> lines.stream().filter(l -> !l.contains("gone")).toList());
      return facts;
    }
  }

  private RestorePlan plan(Map<String, String> renames) {
    BackupContents contents = BackupContents.read(repository, "latest");
    return new RestorePlanner(Selection.ALL, renames, true)
        .plan(contents.manifest().id(), contents.tables(), contents.objects());
  }

  private RestoreFlow.Report restore(Existing existing) {
    return restore(engine(), existing, Map.of());
  }

  private RestoreFlow.Report restore(
      TestedEngine as, Existing existing, Map<String, String> renames) {
    try (SnapshotImporter importer = as.importer()) {
      return new RestoreFlow(repository, importer, as.exporter(), Progress.NONE)
          .run(plan(renames), new RestoreFlow.Request(existing, Verify.FULL, 2));
    }
  }

  private Connection login(String user, String password) throws SQLException {
    // TiDB takes some kinds of passwords over TLS only; MariaDB runs without it
    String url = engine().server().jdbcUrl().replace("sslMode=DISABLED", "sslMode=PREFERRED");
    return DriverManager.getConnection(url, user, password);
  }

  private void requireLogins() throws SQLException {
    for (Map.Entry<String, String> user : logins().entrySet()) {
      try (Connection connection = login(user.getKey(), user.getValue())) {
        assertThat(connection.isValid(5)).as(user.getKey()).isTrue();
      }
    }
  }

  private String one(String sql) throws SQLException {
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void allComeBackAsTheyWere() throws SQLException {
    requireLogins();
    Map<String, List<String>> before = facts();
    Manifest manifest = engine().backup(repository);
    assertThat(manifest.warnings()).isEmpty();
    dropAll();

    RestoreFlow.Report report = restore(Existing.FAIL);

    assertThat(report.warnings()).isEmpty();
    assertThat(report.accounts().left()).isNotEmpty().allMatch(a -> a.startsWith("'root'@"));
    assertThat(report.accounts().idle()).hasSize(1).allMatch(g -> g.contains("`gone`"));
    assertThat(AccountFacts.differences(before, facts())).isEmpty();
    requireLogins();
    // its definer may read what it reads
    assertThat(one("SELECT COUNT(*) FROM shop.a_top")).isEqualTo("2");
    assertThat(engine().diff(repository).equal()).isTrue();
  }

  @Test
  void withoutBeingAskedNoneIsRestored() throws SQLException {
    engine().backup(repository);
    dropAll();
    RestoreFlow.Report report = engine().restore(repository, Existing.FAIL);
    assertThat(report.accounts().made()).isZero();
    assertThat(facts().get("db")).isEmpty();
  }

  @Test
  void thoseThatExistStayAsTheyAre() throws SQLException {
    engine().backup(repository);
    execute(
        "ALTER USER 'definer'@'%' IDENTIFIED BY 'changed'",
        "GRANT INSERT ON shop.* TO 'definer'@'%'", "DROP USER 'expired'@'%'");
    Map<String, List<String>> before = facts();

    RestoreFlow.Report report = restore(Existing.SKIP);

    assertThat(report.accounts().made()).isEqualTo(1);
    assertThat(report.accounts().left()).contains("'definer'@'%'", "'never'@'%'");
    Map<String, List<String>> after = facts();
    assertThat(after.remove("create 'expired'@'%'")).isNotNull();
    assertThat(after.remove("grants 'expired'@'%'")).isNotNull();
    assertThat(after.get("db")).isEqualTo(before.get("db"));
    assertThat(after.get("grants 'definer'@'%'")).isEqualTo(before.get("grants 'definer'@'%'"));
    try (Connection connection = login("definer", "changed")) {
      assertThat(connection.isValid(5)).isTrue();
    }

    Map<String, List<String>> complete = facts();
    assertThat(restore(Existing.SKIP).accounts().made()).isZero();
    assertThat(AccountFacts.differences(complete, facts())).isEmpty();
  }

  @Test
  void thoseThatExistAreReplacedOnRequestButNeverOnesOwn() throws SQLException {
    Map<String, List<String>> before = facts();
    engine().backup(repository);
    String own = AccountFacts.quoted(List.of(one("SELECT CURRENT_USER()").split("@")));
    execute(
        "ALTER USER " + own + " PASSWORD EXPIRE NEVER",
        "ALTER USER 'definer'@'%' IDENTIFIED BY 'changed' ACCOUNT LOCK",
        "GRANT INSERT ON shop.* TO 'definer'@'%'",
        "REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'never'@'%'",
        "CREATE USER 'newcomer'@'%'",
        "GRANT r1 TO 'newcomer'@'%'");
    try {
      RestoreFlow.Report report = restore(Existing.REPLACE);

      assertThat(report.warnings()).isEmpty();
      assertThat(report.accounts().left()).contains(own);
      assertThat(one("SHOW CREATE USER CURRENT_USER()")).contains("PASSWORD EXPIRE NEVER");
      assertThat(String.join(" ", facts().get("grants 'newcomer'@'%'"))).contains("r1");
      execute("DROP USER 'newcomer'@'%'");
      assertThat(AccountFacts.differences(before, facts())).isEmpty();
    } finally {
      execute("ALTER USER " + own + " PASSWORD EXPIRE DEFAULT");
    }
  }

  /** Else he would leave them without rights, root among them. */
  @Test
  void nobodyIsReplacedWhoseRightsTheRestorerMayNotGive() throws SQLException {
    execute(
        "CREATE USER 'weak'@'%' IDENTIFIED BY 'Weak-1'",
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, TRIGGER,"
            + " CREATE VIEW, CREATE USER ON *.* TO 'weak'@'%' WITH GRANT OPTION");
    if (engine().info().engine().equals("mysql") && !engine().info().version().startsWith("8.0")) {
      execute("GRANT SESSION_VARIABLES_ADMIN ON *.* TO 'weak'@'%'");
    }
    Map<String, List<String>> before = facts();
    engine().backup(repository, "we*");

    RestoreFlow.Report report = restore(engine().as("weak", "Weak-1"), Existing.REPLACE, Map.of());

    assertThat(report.warnings()).anyMatch(w -> w.contains("it stays as it was"));
    // who makes a role in MariaDB has it
    assertThat(AccountFacts.differences(before, facts()))
        .allMatch(d -> d.contains("weak") && !d.contains("root"));
    assertThat(one("SELECT COUNT(*) FROM mysql.user WHERE User LIKE 'nsql%'")).isEqualTo("0");
  }

  @Test
  void anAccountThatWouldBeTakenForOnesOwnIsNotKept() throws SQLException {
    List<String> similar = List.of("'ops'@'localhost'", "'ops'@'127.0.0.1'", "''@'localhost'");
    execute("CREATE USER 'ops'@'%' IDENTIFIED BY 'mine'");
    execute("GRANT ALL PRIVILEGES ON *.* TO 'ops'@'%' WITH GRANT OPTION");
    for (String account : similar) {
      execute("CREATE USER " + account + " IDENTIFIED BY 'other'");
    }
    engine().backup(repository);
    for (String account : similar) {
      execute("DROP USER " + account);
    }

    RestoreFlow.Report report = restore(engine().as("ops", "mine"), Existing.SKIP, Map.of());

    assertThat(report.warnings().stream().filter(w -> w.contains(" account ")))
        .isNotEmpty()
        .allMatch(w -> w.contains("it was dropped again"))
        .allMatch(w -> similar.stream().anyMatch(w::contains));
    try (Connection connection = login("ops", "mine");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("ops@%");
    }
  }

  /** As of root@127.0.0.1 in a new MariaDB. */
  @Test
  void aProxyThatCannotBeGivenIsToldAsThat() throws SQLException {
    Assumptions.assumeFalse(engine().info().engine().equals("tidb"), "TiDB has no PROXY");
    execute(
        "CREATE USER 'ops'@'%' IDENTIFIED BY 'mine'",
        "GRANT ALL PRIVILEGES ON *.* TO 'ops'@'%' WITH GRANT OPTION",
        "CREATE USER 'proxied'@'%' IDENTIFIED BY 'other'",
        "GRANT PROXY ON ''@'' TO 'proxied'@'%' WITH GRANT OPTION");
    engine().backup(repository);
    execute("DROP USER 'proxied'@'%'");

    RestoreFlow.Report report = restore(engine().as("ops", "mine"), Existing.SKIP, Map.of());

    assertThat(report.warnings())
        .filteredOn(w -> w.contains("proxied"))
        .singleElement()
        .asString()
        .contains("PROXY is given only by who holds it WITH GRANT OPTION");
  }

  @Test
  void rolesOfOnesOwnStay() throws SQLException {
    execute(
        "CREATE USER 'ops'@'%' IDENTIFIED BY 'mine'",
        "GRANT ALL PRIVILEGES ON *.* TO 'ops'@'%' WITH GRANT OPTION",
        "CREATE ROLE upper",
        "CREATE ROLE lower",
        "GRANT lower TO upper",
        "GRANT upper TO 'ops'@'%'");
    try (SnapshotImporter importer = engine().as("ops", "mine").importer()) {
      assertThat(importer.ownAccounts())
          .hasSize(3)
          .contains("'ops'@'%'")
          .anyMatch(a -> a.startsWith("'upper'"))
          .anyMatch(a -> a.startsWith("'lower'"));
      assertThat(importer.accounts()).containsAll(importer.ownAccounts());
    }
  }

  /** What a backup needs, but not on the database of the server itself. */
  protected abstract List<String> rightsWithoutAccounts();

  @Test
  void aBackupWithoutTheRightToReadThemGoesOnAndTells() throws SQLException {
    execute("CREATE USER 'weak'@'%' IDENTIFIED BY 'mine'");
    for (String right : rightsWithoutAccounts()) {
      execute("GRANT " + right + " TO 'weak'@'%'");
    }

    Manifest manifest = engine().as("weak", "mine").backup(repository);

    assertThat(manifest.warnings())
        .filteredOn(w -> !w.contains("cannot be seen"))
        .hasSize(1)
        .allMatch(w -> w.startsWith("accounts are not in the backup: the right SELECT ON mysql.*"));
    BackupContents contents = BackupContents.read(repository, "latest");
    assertThat(contents.objects()).noneMatch(o -> o.kind() == Kind.ACCOUNT);
    assertThat(contents.tables()).hasSize(1);
  }

  @Test
  void rightsFollowARenamedDatabase() throws SQLException {
    engine().backup(repository);
    dropAll();

    RestoreFlow.Report report = restore(engine(), Existing.FAIL, Map.of("shop", "shop_2"));

    assertThat(report.warnings()).isEmpty();
    assertThat(report.accounts().idle()).hasSize(1).allMatch(g -> g.contains("`shop_2`.`gone`"));
    String grants = String.join("\n", facts().get("grants 'never'@'%'"));
    assertThat(grants).contains("ALL PRIVILEGES ON `shop\\_2`.*").contains("ON `s%`.*");
    assertThat(grants).doesNotContain("ON `shop`");
    assertThat(String.join("\n", facts().get("grants 'writer'@'127.0.0.1'")))
        .contains(" ON `shop_2`.`items`")
        .doesNotContain("`shop`");
  }

  @Test
  void anInterruptedRestoreMakesThemAnew() throws SQLException {
    Map<String, List<String>> before = facts();
    engine().backup(repository);
    dropAll();
    RestorePlan plan = plan(Map.of());
    List<SchemaObject> accounts = new ArrayList<>(plan.objects(Kind.ACCOUNT));
    try (SnapshotImporter importer = engine().importer()) {
      accounts.removeIf(a -> importer.accounts().contains(a.name()));
      importer.begin(plan.restoreId());
      importer.create(accounts.get(0));
      importer.create(accounts.get(accounts.size() - 1));
    }

    RestoreFlow.Report report = restore(Existing.FAIL);

    assertThat(report.accounts().made()).isEqualTo(accounts.size());
    assertThat(AccountFacts.differences(before, facts())).isEmpty();
  }

  /** Who has a role is nowhere but in the server, and goes with the role that is dropped. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoHadARoleHasItAgainWhenAKilledRestoreHadReplacedIt(boolean made) throws SQLException {
    execute("CREATE ROLE team");
    engine().backup(repository);
    String kind = engine().info().engine();
    execute(
        "CREATE USER 'later'@'%'",
        "GRANT team TO 'later'@'%'" + (kind.equals("tidb") ? "" : " WITH ADMIN OPTION"),
        "SET DEFAULT ROLE team " + (kind.equals("mariadb") ? "FOR" : "TO") + " 'later'@'%'");
    Map<String, List<String>> before = facts();
    RestorePlan plan = plan(Map.of());
    SchemaObject team =
        plan.objects(Kind.ACCOUNT).stream()
            .filter(a -> a.name().startsWith("'team'"))
            .findFirst()
            .orElseThrow();
    try (SnapshotImporter importer = engine().importer()) {
      importer.begin(plan.restoreId());
      importer.replace(team, Optional.empty());
    }
    execute(made ? "REVOKE team FROM 'later'@'%'" : "DROP ROLE team");

    restore(Existing.REPLACE);

    assertThat(facts().get("grants 'later'@'%'"))
        .isNotEmpty()
        .isEqualTo(before.get("grants 'later'@'%'"));
    assertThat(AccountFacts.differences(before, facts())).isEmpty();
  }

  /** As a restore leaves it that was killed while it tried somebody's rights. */
  @Test
  void anAccountThatAKilledRestoreLeftIsDroppedAndInNoBackup() throws SQLException {
    String probe = "'nsql_ops_0123abcd'@'0.0.0.0'";
    String mine = "'nsql_ops_team'@'0.0.0.0'";
    execute("CREATE USER " + probe + " IDENTIFIED BY 'Aa1!0123abcd'");
    execute("CREATE USER " + mine + " IDENTIFIED BY 'Aa1!0123abcd'");
    engine().backup(repository);
    assertThat(plan(Map.of()).objects(Kind.ACCOUNT))
        .extracting(SchemaObject::name)
        .contains(mine)
        .doesNotContain(probe);
    restore(Existing.REPLACE);
    try (SnapshotImporter importer = engine().importer()) {
      assertThat(importer.accounts()).contains(mine).doesNotContain(probe);
    }
  }

  @Test
  void noMessageHoldsAHash() throws SQLException {
    engine().backup(repository);
    String hash = "HASH0123456789";
    List<String> wrong =
        List.of(
            "CREATE USER 'new'@'%' IDENTIFIED WITH 'nowhere' AS '" + hash + "'",
            "CREATE USER 'new'@'%' IDENTIFIED WIHT 'nowhere' AS '" + hash + "'",
            "CREATE USER 'new'@'%' REQUIRE '" + hash + "'",
            "CREATE USER 'new'@'%' IDENTIFIED WITH 'mysql_native_password' AS '" + hash + "'");
    try (SnapshotImporter importer = engine().importer()) {
      importer.begin("test");
      for (String sql : wrong) {
        SchemaObject account =
            new SchemaObject(
                Kind.ACCOUNT, "", "'new'@'%'", List.of(RawText.ofUtf8(sql)), Map.of(), "");
        OpsException e = catchThrowableOfType(OpsException.class, () -> importer.create(account));
        assertThat(e).as(sql).isNotNull();
        StringWriter all = new StringWriter();
        e.printStackTrace(new PrintWriter(all, true));
        assertThat(all.toString()).contains("CREATE USER 'new'@'%'").doesNotContain(hash);
        assertThat(account.toString()).isEqualTo("account 'new'@'%'");
      }
    }
    Map<String, List<String>> secrets = new TreeMap<>();
    for (SchemaObject account : plan(Map.of()).objects(Kind.ACCOUNT)) {
      account.statements().forEach(s -> secrets.put(s.toString(), List.of()));
    }
    String shown = plan(Map.of()).describe() + engine().backup(repository).toString();
    assertThat(shown).contains("create account 'never'@'%'").doesNotContain(secrets.keySet());
    assertThat(shown).doesNotContain("IDENTIFIED", "$A$0", "*14E6");
  }

  @Test
  void anAccountThatCannotBeReplacedIsThereAgain() throws SQLException {
    Map<String, List<String>> before = facts();
    SchemaObject wrong =
        new SchemaObject(
            Kind.ACCOUNT,
            "",
            "'writer'@'127.0.0.1'",
            List.of(RawText.ofUtf8("CREATE USER 'writer'@'127.0.0.1' IDENTIFIED WITH 'nowhere'")),
            Map.of(),
            "");
    try (SnapshotImporter importer = engine().importer()) {
      importer.begin("test");
      OpsException e =
          catchThrowableOfType(OpsException.class, () -> importer.replace(wrong, Optional.empty()));
      assertThat(e).hasMessageContaining("'writer'@'127.0.0.1'");
      assertThat(importer.made(wrong)).isFalse();
    }
    assertThat(AccountFacts.differences(before, facts())).isEmpty();
  }

  /** If the restore is killed in between, the next one takes what is noted for its own. */
  @Test
  void rightsAreTriedBeforeAnAccountIsNotedAsOurs() throws SQLException {
    Map<String, List<String>> before = facts();
    String name = "'writer'@'127.0.0.1'";
    SchemaObject account =
        new SchemaObject(
            Kind.ACCOUNT, "", name, List.of(RawText.ofUtf8("CREATE USER " + name)), Map.of(), "");
    SchemaObject grants =
        new SchemaObject(
            Kind.GRANTS,
            "",
            name,
            List.of(RawText.ofUtf8("GRANT NO SUCH RIGHT ON *.* TO " + name)),
            Map.of(),
            "");
    try (SnapshotImporter importer = engine().importer()) {
      importer.begin("test");
      execute("DROP TABLE nsql_ops_restore.ledger"); // nothing can be noted any more
      OpsException e =
          catchThrowableOfType(
              OpsException.class, () -> importer.replace(account, Optional.of(grants)));
      assertThat(e).hasMessageContaining("it stays as it was");
    }
    assertThat(AccountFacts.differences(before, facts())).isEmpty();
  }
}
