package io.nsqlops.backup.engine.mysql;

import io.nsqlops.backup.engine.ChunkLoader;
import io.nsqlops.backup.engine.Incoming;
import io.nsqlops.backup.engine.Preflight;
import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.engine.mysql.account.AccountImport;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Connections;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.OwnGrants;
import io.nsqlops.backup.engine.mysql.session.RestoreSettings;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.engine.mysql.target.Alterations;
import io.nsqlops.backup.engine.mysql.target.CreateTable;
import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.engine.mysql.target.ExistingTable;
import io.nsqlops.backup.engine.mysql.target.ExpiredEvent;
import io.nsqlops.backup.engine.mysql.target.KeptMembers;
import io.nsqlops.backup.engine.mysql.target.RestoreLock;
import io.nsqlops.backup.engine.mysql.target.RestoreMark;
import io.nsqlops.backup.engine.mysql.target.ServerZone;
import io.nsqlops.backup.engine.mysql.target.TargetFit;
import io.nsqlops.backup.engine.mysql.target.TransactionalLoader;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Relation;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Restores into MariaDB, MySQL and what speaks their language. */
public final class MysqlImporter implements SnapshotImporter {
  /** Statements of ours are up to 1 MiB and a row long. */
  private static final long LEAST_PACKET = 4 << 20;

  private static final long USUAL_PACKET = 64 << 20;

  private final Connections connections;
  private final ServerInfo server;
  private final Dialect dialect;
  private final Session session;
  private final Catalogue catalogue;
  private final RestoreMark mark;
  private final KeptMembers members;
  private final RestoreLock lock;
  private Optional<String> holderSeen = Optional.empty();
  private final AccountImport accounts;
  private final ServerZone zone;

  /** Without these in its own database no restore can begin. */
  private static final List<String> LEDGER_RIGHTS =
      List.of("CREATE", "DROP", "SELECT", "INSERT", "DELETE");

  public MysqlImporter(Connections connections, ServerInfo server, Dialect dialect) {
    this.connections = connections;
    this.server = server;
    this.dialect = dialect;
    this.session = open();
    this.catalogue = new Catalogue(session, server.address());
    this.mark = new RestoreMark(session, server.address());
    this.members = new KeptMembers(session, server.address());
    this.lock = new RestoreLock(session, server);
    this.accounts = new AccountImport(connections, session, server);
    this.zone = ServerZone.of(catalogue);
  }

  private Session open() {
    List<String> settings = new ArrayList<>();
    settings.add(RestoreSettings.MODE);
    // Not unique_checks=0 as well: with both off, MariaDB fills an empty table in a way of its own
    // that needs the table for itself. A restore was seen to stand still for ever beside a session
    // that counted the rows; why is not proven, but unique indexes come last, so nothing is lost.
    settings.add("SET SESSION foreign_key_checks=0");
    // so that each warning can be looked at
    settings.add("SET SESSION max_error_count=65535");
    settings.addAll(dialect.loadSettings());
    Session opened = connections.open(settings);
    RestoreSettings.lenient(opened);
    return opened;
  }

  @Override
  public ServerInfo server() {
    return server;
  }

  @Override
  public Optional<String> unfinished() {
    holderSeen = mark.holder();
    return holderSeen;
  }

  @Override
  public Map<TableName, Relation> existing() {
    return catalogue.relations();
  }

  @Override
  public List<SchemaObject> programs() {
    List<SchemaObject> programs = new ArrayList<>();
    catalogue.each(
        "SELECT ROUTINE_TYPE, ROUTINE_SCHEMA, ROUTINE_NAME FROM information_schema.ROUTINES",
        List.of(),
        row -> {
          for (SchemaObject.Kind kind : SchemaObject.Kind.ROUTINES) {
            if (kind.sql().equals(row.getString(1))) {
              programs.add(program(kind, row.getString(2), row.getString(3)));
            }
          }
        });
    catalogue.each(
        "SELECT EVENT_SCHEMA, EVENT_NAME FROM information_schema.EVENTS",
        List.of(),
        row -> programs.add(program(SchemaObject.Kind.EVENT, row.getString(1), row.getString(2))));
    return programs;
  }

  @Override
  public Set<TableName> triggers() {
    Set<TableName> names = new HashSet<>();
    catalogue.each(
        "SELECT TRIGGER_SCHEMA, TRIGGER_NAME FROM information_schema.TRIGGERS",
        List.of(),
        row -> names.add(new TableName(row.getString(1), row.getString(2))));
    return names;
  }

  private static SchemaObject program(SchemaObject.Kind kind, String database, String name) {
    return new SchemaObject(kind, database, name, List.of(), Map.of(), "");
  }

  @Override
  public Set<TableName> made() {
    return mark.made();
  }

  @Override
  public boolean made(SchemaObject object) {
    return mark.made(object);
  }

  @Override
  public Set<String> accounts() {
    return accounts.names();
  }

  @Override
  public Set<String> ownAccounts() {
    return accounts.own();
  }

  @Override
  public Preflight preflight() {
    List<String> problems = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    long packet = Long.parseLong(catalogue.one("SELECT @@max_allowed_packet"));
    if (packet < LEAST_PACKET) {
      problems.add(
          "max_allowed_packet is %d bytes: SET GLOBAL max_allowed_packet=%d on %s"
              .formatted(packet, USUAL_PACKET, server.address()));
    }
    OwnGrants grants = OwnGrants.of(catalogue, server.engine());
    List<String> missing =
        LEDGER_RIGHTS.stream().filter(r -> !grants.on(Catalogue.OUR_DATABASE, r)).toList();
    if (!missing.isEmpty()) {
      problems.add(
          "the account may not keep the restore's ledger: GRANT %s ON %s.* TO it, and what the restored"
                  .formatted(String.join(", ", missing), Catalogue.OUR_DATABASE)
              + " databases need");
    }
    if (!takesFiles()) {
      notes.add(
          "LOAD DATA LOCAL is off on %s: rows are loaded by INSERT, which is slower; to load faster,"
                  .formatted(server.address())
              + " SET GLOBAL local_infile=ON");
    }
    return new Preflight(problems, notes);
  }

  /** Whether LOAD DATA LOCAL is on: on MySQL 8 it is not, unless somebody sets it. */
  private boolean takesFiles() {
    return catalogue.one("SELECT @@local_infile").equals("1");
  }

  @Override
  public void begin(String restoreId) {
    lock.take();
    if (!mark.holder().equals(holderSeen)) {
      // What was decided by it is not so any more.
      throw new OpsException(
          ErrorKind.LOCKED,
          server.address(),
          "another restore has begun or ended in " + server.address() + " meanwhile",
          "run the same command again");
    }
    mark.begin(restoreId);
    holderSeen = Optional.of(restoreId);
  }

  @Override
  public void complete() {
    mark.complete();
  }

  @Override
  public void drop(TableName name) {
    String type = catalogue.relationType(name);
    if (!type.isEmpty()) {
      session.execute("DROP " + Relation.ofType(type) + " " + Sql.name(name));
    }
    mark.forget(name);
  }

  @Override
  public void drop(SchemaObject object) {
    String name = Sql.name(new TableName(object.database(), object.name()));
    switch (object.kind()) {
      case SEQUENCE, FUNCTION, PROCEDURE, VIEW, TRIGGER, EVENT ->
          session.execute("DROP " + object.kind() + " IF EXISTS " + name);
      case PACKAGE, PACKAGE_BODY -> {
        // other servers have none, and older ones understand this in Oracle's language only
        if (server.engine().equals("mariadb")) {
          RestoreSettings.underMode(
              session,
              "ORACLE",
              () -> session.execute("DROP " + object.kind().sql() + " IF EXISTS " + name));
        }
      }
      case ACCOUNT -> accounts.drop(object);
      case DATABASE, GRANTS -> {
        // a database may hold what is not ours; grants go with their account
      }
    }
  }

  @Override
  public void create(SchemaObject object) {
    if (object.kind() == SchemaObject.Kind.DATABASE) {
      RawText ddl = object.statements().get(0);
      making(ErrorKind.USAGE, object, () -> session.execute(ifNotExists(ddl, "CREATE DATABASE ")));
      return;
    }
    if (object.kind() == SchemaObject.Kind.GRANTS && !mark.made(accountOf(object))) {
      throw new OpsException(
          ErrorKind.USAGE,
          object.name(),
          "this restore did not make the account",
          "make the account first, or let it be replaced with --existing replace");
    }
    noted(object, () -> making(ErrorKind.USAGE, object, () -> run(object)));
  }

  /** What a server refuses of a backup is no defect of ours. */
  private static void making(ErrorKind refused, Object what, Runnable action) {
    try {
      action.run();
    } catch (OpsException e) {
      throw MysqlErrors.whileMaking(refused, what, e);
    }
  }

  @Override
  public void replace(SchemaObject account, Optional<SchemaObject> grants) {
    // before it is noted as ours: what is ours a restore that goes on drops without asking
    accounts.requireReplaceable(account, grants);
    List<String> had = accounts.membersOf(account);
    members.keep(account, had);
    noted(account, () -> accounts.replace(account, had));
  }

  @Override
  public void rejoin(SchemaObject account) {
    accounts.join(members.of(account));
  }

  private static SchemaObject accountOf(SchemaObject grants) {
    return new SchemaObject(SchemaObject.Kind.ACCOUNT, "", grants.name(), List.of(), Map.of(), "");
  }

  private void noted(SchemaObject object, Runnable making) {
    mark.make(object);
    try {
      making.run();
    } catch (OpsException e) {
      MysqlErrors.undo(e, () -> mark.unmake(object));
      throw e;
    }
  }

  private void run(SchemaObject object) {
    switch (object.kind()) {
      case ACCOUNT -> accounts.create(object, members.of(object));
      case GRANTS -> accounts.grant(object);
      case DATABASE, SEQUENCE, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, VIEW, TRIGGER, EVENT ->
          runIn(object);
    }
  }

  /** Runs the statements under the settings they were made under. */
  private void runIn(SchemaObject object) {
    session.execute("USE " + Sql.name(object.database()));
    List<RawText> statements = ExpiredEvent.kept(object, catalogue);
    RestoreSettings.under(
        session, object, () -> session.executeAll(statements, () -> drop(object)));
  }

  private static byte[] ifNotExists(RawText ddl, String verb) {
    String text = ddl.toString();
    String rest = text.startsWith(verb) ? text.substring(verb.length()) : text;
    return (verb + "IF NOT EXISTS " + rest).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void createTable(Table table, TableName as) {
    CreateTable parsed = CreateTable.parse(table.ddl());
    boolean deferChecks = dialect.deferIndexes() && dialect.testsChecks() && !zone.isUtc();
    RawText ddl = parsed.create(as, dialect.deferIndexes(), deferChecks);
    if (!catalogue.relationType(as).isEmpty()) {
      if (dialect.timeToLive() && parsed.hasTimeToLive()) {
        // interrupted after it had been switched on
        session.execute(CreateTable.expire(as, false));
      }
      mark.make(as);
      return;
    }
    // if somebody dropped it since, what the ledger says of its rows is no longer so
    mark.forget(as);
    mark.make(as);
    session.execute("USE " + Sql.name(as.database()));
    try {
      making(ErrorKind.PARTIAL, "table " + as, () -> session.execute(ifNotExistsTable(ddl)));
    } catch (OpsException e) {
      // whoever makes one of this name from now on does not make ours
      MysqlErrors.undo(e, () -> mark.forget(as));
      throw e;
    }
  }

  @Override
  public void resume(Map<TableName, Integer> chunks) {
    catalogue.tables().stream()
        .filter(t -> !t.looseEngine().isEmpty())
        .map(TableEstimate::name)
        .filter(t -> chunks.containsKey(t) && mark.loaded(t).size() < chunks.get(t))
        .forEach(
            t -> {
              session.execute("TRUNCATE TABLE " + Sql.name(t));
              mark.forgetRows(t);
            });
  }

  private static byte[] ifNotExistsTable(RawText ddl) {
    byte[] verb = "CREATE TABLE ".getBytes(StandardCharsets.US_ASCII);
    byte[] guarded = "CREATE TABLE IF NOT EXISTS ".getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = ddl.bytes();
    byte[] out = new byte[bytes.length - verb.length + guarded.length];
    System.arraycopy(guarded, 0, out, 0, guarded.length);
    System.arraycopy(bytes, verb.length, out, guarded.length, bytes.length - verb.length);
    return out;
  }

  @Override
  public void finishTable(Table table, TableName as) {
    session.execute("USE " + Sql.name(as.database()));
    List<String> present =
        catalogue.column(
            "SELECT CONSTRAINT_NAME FROM information_schema.REFERENTIAL_CONSTRAINTS"
                + " WHERE CONSTRAINT_SCHEMA=? AND TABLE_NAME=?",
            List.of(as.database(), as.table()));
    List<RawText> missing = CreateTable.parse(table.ddl()).addForeignKeys(as, present);
    Alterations.requireNone(Alterations.refused(session, "a foreign key of " + as, missing));
  }

  @Override
  public void release(Table table, TableName as) {
    if (dialect.timeToLive() && CreateTable.parse(table.ddl()).hasTimeToLive()) {
      session.execute(CreateTable.expire(as, true));
    }
  }

  @Override
  public Preflight preflight(Incoming incoming) {
    return new TargetFit(catalogue, server).check(incoming);
  }

  @Override
  public Optional<String> unfit(Table table, TableName as) {
    return existing(as).unfit(table);
  }

  @Override
  public boolean holdsRows(TableName name) {
    return existing(name).holdsRows();
  }

  @Override
  public void adopt(TableName name) {
    if (holdsRows(name)) {
      existing(name).empty();
    }
    mark.make(name);
  }

  @Override
  public void raiseNextId(Table table, TableName as) {
    existing(as).raiseNextId(table);
  }

  private ExistingTable existing(TableName name) {
    return new ExistingTable(session, catalogue, name);
  }

  @Override
  public ChunkLoader loader() {
    Session loading = open();
    lock.join(loading);
    return new TransactionalLoader(loading, server, dialect, takesFiles(), zone);
  }

  @Override
  public void close() {
    session.close();
  }
}
