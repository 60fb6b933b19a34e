package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** MariaDB 10.4 and later: {@code mysql.global_priv} and the tables beside it. */
final class MariaDbAccounts implements AccountTables {
  /** The bit of the global rights that allows to pass them on. */
  private static final long GRANT = 1L << 10;

  private static final AccountName PUBLIC = new AccountName("PUBLIC", null);

  /** Where PUBLIC has rights from the start. */
  private static final Set<String> OF_THE_INSTALLATION =
      Set.of(" ON `test`.* ", " ON `test\\_%`.* ", " ON `test_%`.* ");

  private static final String ROWS =
      "SELECT User, Host, JSON_VALUE(Priv,'$.is_role'), Priv FROM mysql.global_priv"
          + " ORDER BY JSON_VALUE(Priv,'$.is_role') DESC, User, Host";

  private final Catalogue catalogue;

  MariaDbAccounts(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Takes an account with the JSON text of all there is about it. */
  private interface Taker {
    void take(AccountName name, JsonNode fields);
  }

  private void each(Taker taker) {
    catalogue.each(
        ROWS,
        List.of(),
        row ->
            taker.take(
                new AccountName(
                    row.getString(1), row.getString(3) == null ? row.getString(2) : null),
                JsonMapper.shared().readTree(row.getBytes(4))));
  }

  @Override
  public List<AccountName> names() {
    List<AccountName> names = new ArrayList<>();
    each((name, fields) -> names.add(name));
    return names;
  }

  @Override
  public List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    each(
        (name, fields) -> {
          if (!name.isSystem()) {
            accounts.add(new MariaDbUser(name, fields).account());
          }
        });
    return accounts;
  }

  @Override
  public List<RoleGrant> roles() {
    List<RoleGrant> roles = new ArrayList<>();
    catalogue.each(
        "SELECT Role, User, Host, Admin_option FROM mysql.roles_mapping ORDER BY Role",
        List.of(),
        row -> {
          // a member that has no host is a role itself
          String host = row.getString(3).isEmpty() ? null : row.getString(3);
          roles.add(
              new RoleGrant(
                  new AccountName(row.getString(1), null),
                  new AccountName(row.getString(2), host),
                  row.getString(4).equals("Y")));
        });
    return roles;
  }

  @Override
  public List<String> privileges(AccountName account) {
    // all 64 bits are set for those whom the installation made
    boolean passesOn = (Long.parseUnsignedLong(field(account, "access", "0")) & GRANT) != 0;
    List<String> statements = new ArrayList<>();
    catalogue.each(
        "SHOW GRANTS FOR " + account.quoted(),
        List.of(),
        row -> {
          String line = new String(row.getBytes(1), StandardCharsets.UTF_8);
          if (GrantLine.isElsewhere(line)) {
            return;
          }
          GrantLine grant = GrantLine.parse(line);
          boolean option = grant.isGlobal() ? passesOn : grant.hasOption();
          // for a role it also prints what the roles it has may do
          if (grant.isOf(account) && !grant.isEmpty(option)) {
            statements.add(grant.statement(account, option));
          }
        });
    if (!account.isRole()) {
      statements.addAll(Proxies.of(catalogue, account));
    }
    return statements;
  }

  @Override
  public List<String> defaultRoles(AccountName account) {
    String role = field(account, "default_role", "");
    return role.isEmpty()
        ? List.of()
        : List.of(
            "SET DEFAULT ROLE "
                + new AccountName(role, null).quoted()
                + " FOR "
                + account.quoted());
  }

  /** PUBLIC is the server's own, but what it may do can be somebody's decision. */
  @Override
  public List<String> leftOut() {
    if (field(PUBLIC, "access", "0").isEmpty()) {
      return List.of();
    }
    List<String> grants = new ArrayList<>();
    catalogue.each(
        "SHOW GRANTS FOR PUBLIC",
        List.of(),
        row -> {
          String line = new String(row.getBytes(1), StandardCharsets.UTF_8);
          // it also prints what the roles that PUBLIC has may do, which belongs to those
          if (line.endsWith(" TO PUBLIC") || line.contains(" TO PUBLIC WITH ")) {
            if (OF_THE_INSTALLATION.stream().noneMatch(line::contains)) {
              grants.add(line);
            }
          }
        });
    return grants.isEmpty()
        ? List.of()
        : List.of("what PUBLIC may do is not in the backup: " + String.join("; ", grants));
  }

  private String field(AccountName account, String field, String missing) {
    return catalogue.one(
        "SELECT COALESCE(JSON_VALUE(Priv,'$.%s'),'%s') FROM mysql.global_priv WHERE %s"
            .formatted(field, missing, account.matches()));
  }
}
