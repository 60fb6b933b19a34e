package io.nsqlops.backup.engine.mysql.account;

import static io.nsqlops.backup.engine.mysql.account.AccountClauses.number;

import io.nsqlops.backup.engine.mysql.session.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * An account of MySQL or TiDB, put together from its row: SHOW CREATE USER does not escape all it
 * prints, nor print all there is.
 */
final class MysqlUser {
  private final UserRow user;
  private final Requirement tls;
  private final UserAttributes attributes;

  MysqlUser(UserRow user, Requirement tls) {
    this.user = user;
    this.tls = tls;
    this.attributes = UserAttributes.parse(user.text("user_attributes"));
  }

  Account account() {
    AccountName name = user.name();
    boolean twoPasswords = !attributes.oldHash().isEmpty();
    boolean expired = user.yes("password_expired");
    // one statement cannot say both when it expires and that it has
    boolean expireLater = expired && (twoPasswords || user.has("password_lifetime"));
    List<String> statements = new ArrayList<>();
    statements.add(create(twoPasswords, expired && !expireLater));
    String alter = "ALTER USER " + name.quoted() + " ";
    if (twoPasswords) {
      statements.add(alter + identified(false) + " RETAIN CURRENT PASSWORD");
    }
    if (expireLater) {
      statements.add(alter + "PASSWORD EXPIRE");
    }
    return new Account(name, statements, attributes.warning(name));
  }

  private String create(boolean oldPassword, boolean expired) {
    AccountClauses clauses = new AccountClauses("CREATE USER " + user.name().quoted());
    clauses.add(!user.text("plugin").isEmpty(), identified(oldPassword));
    clauses.add(!attributes.factors().isEmpty(), attributes.factors());
    tls.addTo(clauses, user.text("token_issuer"));
    clauses.list(
        "WITH",
        number("MAX_QUERIES_PER_HOUR", user.text("max_questions")),
        number("MAX_UPDATES_PER_HOUR", user.text("max_updates")),
        number("MAX_CONNECTIONS_PER_HOUR", user.text("max_connections")),
        number("MAX_USER_CONNECTIONS", user.text("max_user_connections")));
    clauses.lifetime(user.text("password_lifetime"));
    clauses.add(expired, "PASSWORD EXPIRE");
    clauses.add(user.yes("account_locked"), "ACCOUNT LOCK");
    passwordRules(clauses);
    clauses.add(!attributes.locking().isEmpty(), attributes.locking());
    String metadata = attributes.metadata();
    clauses.add(!metadata.isEmpty(), "ATTRIBUTE " + Sql.string(metadata));
    String group = attributes.resourceGroup();
    clauses.add(!group.isEmpty(), "RESOURCE GROUP " + Sql.name(group));
    return clauses.toString();
  }

  private String identified(boolean oldPassword) {
    String with = "IDENTIFIED WITH " + Sql.string(user.text("plugin"));
    if (oldPassword) {
      return with + " AS " + Sql.string(attributes.oldHash());
    }
    boolean hashed = !user.text("authentication_string").isEmpty();
    return with + (hashed ? " AS " + user.literal("authentication_string") : "");
  }

  /** What the next password must be. A rule that is NULL is the server's default, 0 is none. */
  private void passwordRules(AccountClauses clauses) {
    String history = user.text("password_reuse_history");
    String reuse = user.text("password_reuse_time");
    clauses.add(!history.isEmpty(), "PASSWORD HISTORY " + history);
    clauses.add(!reuse.isEmpty(), "PASSWORD REUSE INTERVAL " + reuse + " DAY");
    clauses.add(
        user.has("password_require_current"),
        "PASSWORD REQUIRE CURRENT" + (user.yes("password_require_current") ? "" : " OPTIONAL"));
  }
}
