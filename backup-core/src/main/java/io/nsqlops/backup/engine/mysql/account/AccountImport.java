package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Connections;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.RestoreSettings;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.ServerInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes accounts, and sees to it that whoever restores is let in afterwards as before: neither his
 * own account nor its roles are replaced, and an account that would be taken for his (same name or
 * none, and a host that fits better) is not kept.
 */
public final class AccountImport {
  /** No such table, routine, column, database. */
  private static final Set<Integer> NOT_THERE = Set.of(1146, 1305, 1054, 1049);

  private final Connections connections;
  private final Session session;
  private final Catalogue catalogue;
  private final AccountTables tables;
  private final String address;

  public AccountImport(Connections connections, Session session, ServerInfo server) {
    this.connections = connections;
    this.session = session;
    this.address = server.address();
    this.catalogue = new Catalogue(session, address);
    this.tables = AccountTables.of(catalogue, server);
  }

  public Set<String> names() {
    return tables.names().stream().map(AccountName::quoted).collect(Collectors.toSet());
  }

  /** The account of this session and all roles it has, directly or by another role. */
  public Set<String> own() {
    Set<AccountName> own = new HashSet<>(Set.of(current(catalogue)));
    List<RoleGrant> roles = tables.roles();
    boolean more;
    do {
      more = false;
      for (RoleGrant grant : roles) {
        more |= own.contains(grant.member()) && own.add(grant.role());
      }
    } while (more);
    return own.stream().map(AccountName::quoted).collect(Collectors.toSet());
  }

  private static AccountName current(Catalogue catalogue) {
    return AccountName.ofCurrentUser(catalogue.one("SELECT CURRENT_USER()"));
  }

  public void drop(SchemaObject account) {
    String what = isRole(account) ? "ROLE" : "USER";
    session.execute("DROP " + what + " IF EXISTS " + account.name());
  }

  /** Roles of MySQL and TiDB are users. */
  private static boolean isRole(SchemaObject account) {
    return account.statements().get(0).toString().startsWith("CREATE ROLE ");
  }

  public void create(SchemaObject account) {
    try {
      session.executeAll(account.statements(), () -> drop(account));
    } catch (OpsException e) {
      throw MysqlErrors.withheld("CREATE USER " + account.name(), e);
    }
    requireLetInAsBefore(account);
  }

  /** Logs in once more, if the new account could be taken for ours. */
  private void requireLetInAsBefore(SchemaObject account) {
    AccountName login = AccountName.ofCurrentUser(catalogue.one("SELECT USER()"));
    boolean doubtful =
        account.name().startsWith(Sql.string(login.user()) + "@")
            || account.name().startsWith(Sql.string("") + "@");
    if (!doubtful) {
      return;
    }
    AccountName before = current(catalogue);
    String instead;
    try (Session again = connections.open(List.of())) {
      AccountName now = current(new Catalogue(again, address));
      if (now.equals(before)) {
        return;
      }
      instead = "is taken for " + now.quoted();
    } catch (OpsException e) {
      instead = "is not let in";
    }
    drop(account);
    throw new OpsException(
        ErrorKind.USAGE,
        account.name(),
        "with it, %s, who restores, %s; it was dropped again".formatted(before.quoted(), instead),
        "restore as another user, or make it by hand");
  }

  /** A role that is made anew is given again to those who had it. */
  public void replace(SchemaObject account) {
    List<SchemaObject> old =
        new AccountCatalogue(tables).collect(n -> n.quoted().equals(account.name()));
    List<RoleGrant> members =
        tables.roles().stream().filter(r -> r.role().quoted().equals(account.name())).toList();
    old.stream().limit(1).forEach(this::drop);
    try {
      create(account);
      members.forEach(m -> session.execute(m.statement()));
    } catch (OpsException e) {
      throw isBack(old, members)
          ? e
          : new OpsException(
              e.kind(),
              account.name(),
              e.getMessage() + "; the one that was there could not be put back either",
              "make it by hand",
              e);
    }
  }

  /** Puts an account back as it was; false if that fails. */
  private boolean isBack(List<SchemaObject> old, List<RoleGrant> members) {
    try {
      for (SchemaObject object : old) {
        if (object.kind() == SchemaObject.Kind.ACCOUNT) {
          drop(object);
          object.statements().forEach(s -> session.execute(s.bytes()));
        } else {
          grantWhatThereIs(object);
        }
      }
      members.forEach(m -> session.execute(m.statement()));
      return true;
    } catch (OpsException e) {
      return false;
    }
  }

  /** A right on what is not there had no effect before. */
  private void grantWhatThereIs(SchemaObject grants) {
    try {
      grant(grants);
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.PARTIAL) {
        throw e;
      }
    }
  }

  /** MariaDB knows packages in Oracle's language only; elsewhere there are none. */
  private void give(RawText statement) {
    if (statement.toString().contains(AccountCatalogue.ON_PACKAGE)) {
      RestoreSettings.underMode(session, "ORACLE", () -> session.execute(statement.bytes()));
    } else {
      session.execute(statement.bytes());
    }
  }

  /** Gives what can be given; what is on things that are not there may come later. */
  public void grant(SchemaObject grants) {
    List<OpsException> refused = new ArrayList<>();
    List<String> idle = new ArrayList<>();
    for (RawText statement : grants.statements()) {
      try {
        give(statement);
      } catch (OpsException e) {
        if (NOT_THERE.contains(MysqlErrors.code(e))) {
          idle.add(statement.toString());
        } else if (e.kind() == ErrorKind.TRANSIENT) {
          throw e;
        } else {
          refused.add(e);
        }
      }
    }
    if (!refused.isEmpty()) {
      throw MysqlErrors.together(refused.get(0).kind(), grants.name(), refused);
    }
    if (!idle.isEmpty()) {
      throw new OpsException(
          ErrorKind.PARTIAL,
          grants.name(),
          "what it is on is not there: " + String.join("; ", idle),
          "give it by hand when it is there");
    }
  }
}
