package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.Accounts;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.ServerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Collects accounts, each with what it may do. */
public final class AccountCatalogue {
  static final String ON_PACKAGE = " ON PACKAGE ";

  private static final int NO_SUCH_GRANT = 1141;

  private final AccountTables tables;

  /** Of the kind of server that this is. */
  public static AccountCatalogue of(Catalogue catalogue, ServerInfo server) {
    return new AccountCatalogue(AccountTables.of(catalogue, server));
  }

  AccountCatalogue(AccountTables tables) {
    this.tables = tables;
  }

  /** All but the server's own. Not being allowed to read them is no failure, but told. */
  public Accounts collect() {
    try {
      return new Accounts(collect(name -> true), leftOut());
    } catch (OpsException e) {
      if (e.kind() == ErrorKind.TRANSIENT) {
        throw e;
      }
      String right = e.kind() == ErrorKind.USAGE ? "the right SELECT ON mysql.* is missing: " : "";
      return Accounts.missing(right + e.getMessage());
    }
  }

  /** The accounts are there all the same. */
  private List<String> leftOut() {
    try {
      return tables.leftOut();
    } catch (OpsException e) {
      if (e.kind() == ErrorKind.TRANSIENT) {
        throw e;
      }
      return List.of("what PUBLIC may do cannot be told: " + e.getMessage());
    }
  }

  List<SchemaObject> collect(Predicate<AccountName> wanted) {
    List<RoleGrant> roles = tables.roles();
    List<SchemaObject> accounts = new ArrayList<>();
    List<SchemaObject> grants = new ArrayList<>();
    for (Account account : tables.accounts()) {
      if (wanted.test(account.name())) {
        List<String> statements = new ArrayList<>();
        String warning = add(account, roles, statements);
        accounts.add(object(Kind.ACCOUNT, account.name(), account.create(), Map.of(), warning));
        if (!statements.isEmpty()) {
          grants.add(object(Kind.GRANTS, account.name(), statements, settings(statements), ""));
        }
      }
    }
    accounts.addAll(grants);
    return accounts;
  }

  /** Adds what an account may do; returns what is to be said about it. */
  private String add(Account account, List<RoleGrant> roles, List<String> statements) {
    AccountName name = account.name();
    try {
      statements.addAll(tables.privileges(name));
      roles.stream()
          .filter(r -> r.member().equals(name))
          .map(RoleGrant::statement)
          .forEach(statements::add);
      statements.addAll(tables.defaultRoles(name));
      return account.warning();
    } catch (IllegalArgumentException e) {
      return "its rights are not in the backup: the server prints one that is " + e.getMessage();
    } catch (OpsException e) {
      if (MysqlErrors.code(e) != NO_SUCH_GRANT) {
        throw e;
      }
      return "it was dropped while it was read: its rights are not in the backup";
    }
  }

  /** MariaDB knows the word in Oracle's language only. */
  private static Map<String, String> settings(List<String> grants) {
    return grants.stream().anyMatch(g -> g.startsWith("GRANT ") && g.contains(ON_PACKAGE))
        ? Map.of("sql_mode", "ORACLE")
        : Map.of();
  }

  private static SchemaObject object(
      Kind kind,
      AccountName name,
      List<String> statements,
      Map<String, String> settings,
      String warning) {
    List<RawText> texts = statements.stream().map(RawText::ofUtf8).toList();
    return new SchemaObject(kind, "", name.quoted(), texts, settings, warning);
  }
}
