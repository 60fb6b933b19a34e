package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** MySQL 8 and later, and TiDB: {@code mysql.user} and the tables beside it. */
final class MysqlAccounts implements AccountTables {
  private final Catalogue catalogue;
  private final boolean tidb;

  MysqlAccounts(Catalogue catalogue, boolean tidb) {
    this.catalogue = catalogue;
    this.tidb = tidb;
  }

  @Override
  public List<AccountName> names() {
    return names("SELECT User, Host FROM mysql.user");
  }

  private List<AccountName> names(String sql) {
    List<AccountName> names = new ArrayList<>();
    catalogue.each(
        sql, List.of(), row -> names.add(new AccountName(row.getString(1), row.getString(2))));
    return names;
  }

  @Override
  public List<Account> accounts() {
    Map<AccountName, String> certificates = tidb ? tidbCertificates() : Map.of();
    List<Account> accounts = new ArrayList<>();
    catalogue.each(
        "SELECT * FROM mysql.user ORDER BY User, Host",
        List.of(),
        row -> {
          UserRow user = UserRow.of(row);
          if (!user.name().isSystem()) {
            Requirement tls =
                tidb
                    ? Requirement.ofJson(certificates.getOrDefault(user.name(), ""))
                    : Requirement.ofColumns(user);
            accounts.add(new MysqlUser(user, tls).account());
          }
        });
    return accounts;
  }

  /** TiDB keeps what a client must show in a table of its own. */
  private Map<AccountName, String> tidbCertificates() {
    Map<AccountName, String> found = new HashMap<>();
    catalogue.each(
        "SELECT User, Host, Priv FROM mysql.global_priv",
        List.of(),
        row -> found.put(new AccountName(row.getString(1), row.getString(2)), row.getString(3)));
    return found;
  }

  @Override
  public List<RoleGrant> roles() {
    List<RoleGrant> roles = new ArrayList<>();
    catalogue.each(
        "SELECT FROM_USER, FROM_HOST, TO_USER, TO_HOST, WITH_ADMIN_OPTION FROM mysql.role_edges"
            + " ORDER BY FROM_USER, FROM_HOST",
        List.of(),
        row ->
            roles.add(
                new RoleGrant(
                    new AccountName(row.getString(1), row.getString(2)),
                    new AccountName(row.getString(3), row.getString(4)),
                    row.getString(5).equals("Y"))));
    return roles;
  }

  @Override
  public List<String> privileges(AccountName account) {
    List<String> statements = new ArrayList<>();
    if (account.user().isEmpty() && !tidb) {
      statements.addAll(new AnonymousGrants(catalogue, account).statements());
    } else {
      catalogue.each(
          "SHOW GRANTS FOR " + account.quoted(),
          List.of(),
          row -> {
            String line = new String(row.getBytes(1), StandardCharsets.UTF_8).stripTrailing();
            if (!GrantLine.isElsewhere(line)) {
              GrantLine grant = GrantLine.parse(line);
              if (!grant.isEmpty(grant.hasOption())) {
                statements.add(grant.statement(account, grant.hasOption()));
              }
            }
          });
    }
    if (!tidb) {
      statements.addAll(Proxies.of(catalogue, account));
    }
    return statements;
  }

  @Override
  public List<String> defaultRoles(AccountName account) {
    List<AccountName> roles =
        names(
            "SELECT DEFAULT_ROLE_USER, DEFAULT_ROLE_HOST FROM mysql.default_roles WHERE "
                + account.matches()
                + " ORDER BY DEFAULT_ROLE_USER, DEFAULT_ROLE_HOST");
    String all = roles.stream().map(AccountName::quoted).collect(Collectors.joining(", "));
    return roles.isEmpty()
        ? List.of()
        : List.of("SET DEFAULT ROLE " + all + " TO " + account.quoted());
  }
}
