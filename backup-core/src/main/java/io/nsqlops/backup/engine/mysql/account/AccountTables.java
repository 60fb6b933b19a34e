package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.model.ServerInfo;
import java.util.List;

/** How one kind of server keeps its accounts. Failures are those of {@link Catalogue#each}. */
interface AccountTables {

  static AccountTables of(Catalogue catalogue, ServerInfo server) {
    return switch (server.engine()) {
      case "mariadb" -> new MariaDbAccounts(catalogue);
      case "tidb" -> new MysqlAccounts(catalogue, true);
      default -> new MysqlAccounts(catalogue, false);
    };
  }

  /** All of them, the server's own as well. */
  List<AccountName> names();

  /** All but the server's own, roles first where they are told apart. */
  List<Account> accounts();

  /** Who has which role. */
  List<RoleGrant> roles();

  /**
   * What one may do, roles aside, as GRANT and REVOKE statements.
   *
   * @throws IllegalArgumentException if the server says something that is not understood
   */
  List<String> privileges(AccountName account);

  /** The statements that say which roles one has from the start. */
  List<String> defaultRoles(AccountName account);

  /** Rights that belong to no account of a backup, one sentence each. */
  default List<String> leftOut() {
    return List.of();
  }
}
