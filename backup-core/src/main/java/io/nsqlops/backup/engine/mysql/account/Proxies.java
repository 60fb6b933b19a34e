package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import java.util.ArrayList;
import java.util.List;

/** Who may act as whom: from the table, because SHOW GRANTS does not always escape the names. */
final class Proxies {
  private Proxies() {}

  static List<String> of(Catalogue catalogue, AccountName account) {
    List<String> statements = new ArrayList<>();
    catalogue.each(
        "SELECT Proxied_user, Proxied_host, With_grant FROM mysql.proxies_priv WHERE "
            + account.matches()
            + " ORDER BY Proxied_user, Proxied_host",
        List.of(),
        row ->
            statements.add(
                "GRANT PROXY ON "
                    + new AccountName(row.getString(1), row.getString(2)).quoted()
                    + " TO "
                    + account.quoted()
                    + (row.getInt(3) == 0 ? "" : " WITH GRANT OPTION")));
    return statements;
  }
}
