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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes accounts, and sees to it that whoever restores is let in afterwards as before: neither his
 * own account nor its roles are replaced, and an account that would be taken for his (same name or
 * none, and a host that fits better) is not kept.
 */
public final class AccountImport {
  /** No such table, routine, column, database. */
  private static final Set<Integer> NOT_THERE = Set.of(1146, 1305, 1054, 1049);

  /** What stands for a role, or for who is to have it, that is not there yet. */
  private static final Set<Integer> NO_SUCH_ROLE = Set.of(1133, 1959, 3523, 3530);

  private final Connections connections;
  private final Session session;
  private final Catalogue catalogue;
  private final AccountTables tables;
  private final String address;
  private boolean swept;

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

  /**
   * Makes an account.
   *
   * @param members statements that give it to those who had it as a role, before a restore that was
   *     interrupted dropped it; those of them who are gone are passed over
   */
  public void create(SchemaObject account, List<String> members) {
    create(account);
    try {
      join(members);
    } catch (OpsException e) {
      // not made at all it is made again with its members, and is not taken for one that has none
      MysqlErrors.undo(e, () -> drop(account));
      throw e;
    }
  }

  /** Gives a role by the statements kept; those who are gone are passed over. */
  public void join(List<String> members) {
    members.forEach(this::giveIfThere);
  }

  private void giveIfThere(String statement) {
    try {
      session.execute(statement);
    } catch (OpsException e) {
      if (!NO_SUCH_ROLE.contains(MysqlErrors.code(e))) {
        throw e;
      }
    }
  }

  private void create(SchemaObject account) {
    dropProbes();
    try {
      session.executeAll(account.statements(), () -> drop(account));
    } catch (OpsException e) {
      throw MysqlErrors.withheld("CREATE USER " + account.name(), e);
    }
    requireLetInAsBefore(account);
  }

  /** Those that a restore left which was killed meanwhile: no other works here beside this one. */
  private void dropProbes() {
    if (swept) {
      return;
    }
    swept = true;
    for (AccountName name : tables.names()) {
      if (name.isProbe()) {
        dropOrLeave(name);
      }
    }
  }

  /** It harms nobody, so a missing right is no reason to end here. */
  private void dropOrLeave(AccountName probe) {
    try {
      session.execute("DROP USER IF EXISTS " + probe.quoted());
    } catch (OpsException e) {
      if (e.kind() == ErrorKind.TRANSIENT) {
        throw e;
      }
    }
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

  /**
   * Tries what {@link #replace} and the rights that follow it need, and changes nothing.
   *
   * @throws OpsException USAGE if the account has to stay as it is
   */
  public void requireReplaceable(SchemaObject account, Optional<SchemaObject> grants) {
    List<String> rights = new ArrayList<>();
    grants.ifPresent(g -> g.statements().forEach(s -> rights.add(s.toString())));
    // In MariaDB whoever makes a role may give it.
    requireGivable(account.name(), rights, isRole(account) ? List.of() : members(account));
  }

  /** Who has it as a role. */
  private List<RoleGrant> members(SchemaObject account) {
    return tables.roles().stream().filter(r -> r.role().quoted().equals(account.name())).toList();
  }

  /** The statements that give it to those who have it as a role, and say who has it at once. */
  public List<String> membersOf(SchemaObject account) {
    List<RoleGrant> members = members(account);
    List<String> statements = new ArrayList<>();
    members.forEach(m -> statements.add(m.statement()));
    members.stream()
        .flatMap(m -> tables.defaultRoles(m.member()).stream())
        .distinct()
        .forEach(statements::add);
    return statements;
  }

  /**
   * Makes an account instead of one that is there.
   *
   * @param members what {@link #membersOf} says: a role that is made anew is given to them again
   */
  public void replace(SchemaObject account, List<String> members) {
    List<SchemaObject> old =
        new AccountCatalogue(tables).collect(n -> n.quoted().equals(account.name()));
    old.stream().limit(1).forEach(this::drop);
    try {
      create(account);
      members.forEach(session::execute);
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

  /**
   * Tries the rights with an account nobody can use: one that was replaced and then cannot be given
   * its rights would lock out whoever needs them, or those who have it as a role.
   */
  private void requireGivable(String name, List<String> rights, List<RoleGrant> members) {
    dropProbes();
    if (rights.isEmpty() && members.isEmpty()) {
      return;
    }
    String unique = UUID.randomUUID().toString();
    String probe = AccountName.probe(unique.substring(0, 8)).quoted();
    Optional<OpsException> refused = Optional.empty();
    session.execute("CREATE USER %s IDENTIFIED BY 'Aa1!%s'".formatted(probe, unique));
    try {
      for (String right : rights) {
        refused = refused.or(() -> refusal(right, name, probe));
      }
      for (RoleGrant member : members) {
        String statement = member.statement();
        refused = refused.or(() -> refusal(statement, member.member().quoted(), probe));
      }
    } finally {
      session.execute("DROP USER " + probe);
    }
    if (refused.isPresent()) {
      throw new OpsException(
          ErrorKind.USAGE,
          name,
          "it stays as it was, because not all rights that go with it can be given here: "
              + refused.get().getMessage(),
          "restore as somebody who has these rights and may pass them on",
          refused.get());
    }
  }

  /** Why a right cannot be given, seen with another account in the place of this one. */
  private Optional<OpsException> refusal(String statement, String name, String probe) {
    int at = statement.lastIndexOf(name);
    if (at < 0) {
      return Optional.empty();
    }
    String tried = statement.substring(0, at) + probe + statement.substring(at + name.length());
    try {
      give(RawText.ofUtf8(tried));
      return Optional.empty();
    } catch (OpsException e) {
      if (e.kind() == ErrorKind.TRANSIENT) {
        throw e;
      }
      int code = MysqlErrors.code(e);
      boolean later = NOT_THERE.contains(code) || NO_SUCH_ROLE.contains(code);
      return later ? Optional.empty() : Optional.of(e);
    }
  }

  /** Puts an account back as it was; false if that fails. */
  private boolean isBack(List<SchemaObject> old, List<String> members) {
    try {
      for (SchemaObject object : old) {
        if (object.kind() == SchemaObject.Kind.ACCOUNT) {
          drop(object);
          object.statements().forEach(s -> session.execute(s.bytes()));
        } else {
          grantWhatThereIs(object);
        }
      }
      members.forEach(session::execute);
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

  /** ALL PRIVILEGES does not hold it, so that even an administrator may not be able to give it. */
  private static OpsException proxy(OpsException e) {
    return new OpsException(
        e.kind(),
        e.object(),
        e.getMessage()
            + " (PROXY is given only by who holds it WITH GRANT OPTION, as root@localhost of a new"
            + " server does)",
        e.hint(),
        e);
  }

  /** Gives what can be given; what is on things that are not there may come later. */
  public void grant(SchemaObject grants) {
    List<OpsException> refused = new ArrayList<>();
    List<String> idle = new ArrayList<>();
    boolean tooMany = false;
    for (RawText statement : grants.statements()) {
      try {
        give(statement);
      } catch (OpsException e) {
        boolean taking = statement.toString().startsWith("REVOKE ");
        tooMany |= taking;
        if (!taking && NOT_THERE.contains(MysqlErrors.code(e))) {
          idle.add(statement.toString());
        } else if (e.kind() == ErrorKind.TRANSIENT) {
          throw e;
        } else {
          refused.add(statement.toString().startsWith("GRANT PROXY ") ? proxy(e) : e);
        }
      }
    }
    if (tooMany) {
      // what was to be taken from the rights it has by now was not: better it has none
      MysqlErrors.undo(
          refused.get(0),
          () -> session.execute("REVOKE ALL PRIVILEGES, GRANT OPTION FROM " + grants.name()));
    }
    if (!refused.isEmpty()) {
      OpsException told = MysqlErrors.together(refused.get(0).kind(), grants.name(), refused);
      throw tooMany
          ? new OpsException(
              told.kind(),
              grants.name(),
              "it is left without rights of its own, because some of them are to be taken back: "
                  + told.getMessage(),
              "set partial_revokes=ON in the target, then give them by hand",
              told)
          : told;
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
