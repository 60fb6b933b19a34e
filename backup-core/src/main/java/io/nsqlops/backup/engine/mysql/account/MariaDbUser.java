package io.nsqlops.backup.engine.mysql.account;

import static io.nsqlops.backup.engine.mysql.account.AccountClauses.number;

import io.nsqlops.backup.engine.mysql.session.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An account of MariaDB, put together from the JSON text the server keeps: SHOW CREATE USER does
 * not escape all it prints.
 */
final class MariaDbUser {
  private static final Set<String> KNOWN =
      Set.of(
          "access",
          "version_id",
          "is_role",
          "default_role",
          "plugin",
          "authentication_string",
          "auth_or",
          "password_last_changed",
          "password_lifetime",
          "account_locked",
          "ssl_type",
          "ssl_cipher",
          "x509_issuer",
          "x509_subject",
          "max_questions",
          "max_updates",
          "max_connections",
          "max_user_connections",
          "max_statement_time");

  private final AccountName name;
  private final JsonNode fields;

  MariaDbUser(AccountName name, JsonNode fields) {
    this.name = name;
    this.fields = fields;
  }

  Account account() {
    List<String> statements = new ArrayList<>();
    if (name.isRole()) {
      statements.add("CREATE ROLE " + name.quoted());
    } else {
      boolean expired = text("password_last_changed").equals("0");
      boolean limited = !lifetime().isEmpty();
      statements.add(create(expired && !limited));
      // one statement cannot say both when it expires and that it has
      if (expired && limited) {
        statements.add("ALTER USER " + name.quoted() + " PASSWORD EXPIRE");
      }
    }
    List<String> lost = new ArrayList<>(fields.propertyNames());
    lost.removeAll(KNOWN);
    return new Account(
        name, statements, lost.isEmpty() ? "" : "not in the backup: " + String.join(", ", lost));
  }

  private String create(boolean expired) {
    AccountClauses clauses = new AccountClauses("CREATE USER " + name.quoted());
    String methods = methods();
    clauses.add(!methods.isEmpty(), "IDENTIFIED VIA " + methods);
    Requirement.of(fields).addTo(clauses, "");
    clauses.list(
        "WITH",
        number("MAX_QUERIES_PER_HOUR", text("max_questions")),
        number("MAX_UPDATES_PER_HOUR", text("max_updates")),
        number("MAX_CONNECTIONS_PER_HOUR", text("max_connections")),
        number("MAX_USER_CONNECTIONS", text("max_user_connections")),
        number("MAX_STATEMENT_TIME", text("max_statement_time")));
    clauses.add(fields.path("account_locked").asBoolean(false), "ACCOUNT LOCK");
    clauses.lifetime(lifetime());
    clauses.add(expired, "PASSWORD EXPIRE");
    return clauses.toString();
  }

  /** The ways to authenticate; in a list of several, an empty one stands for the fields outside. */
  private String methods() {
    JsonNode several = fields.path("auth_or");
    if (!several.isArray()) {
      return method(fields);
    }
    List<String> all = new ArrayList<>();
    for (JsonNode one : several) {
      all.add(method(one.isEmpty() ? fields : one));
    }
    return String.join(" OR ", all);
  }

  private static String method(JsonNode fields) {
    String plugin = fields.path("plugin").asString("");
    String secret = fields.path("authentication_string").asString("");
    return plugin.isEmpty()
        ? ""
        : Sql.string(plugin) + (secret.isEmpty() ? "" : " USING " + Sql.string(secret));
  }

  /** In days, 0 for ever; empty for the server's default, which is kept as −1. */
  private String lifetime() {
    String days = text("password_lifetime");
    return days.startsWith("-") ? "" : days;
  }

  private String text(String field) {
    return fields.path(field).asString("");
  }
}
