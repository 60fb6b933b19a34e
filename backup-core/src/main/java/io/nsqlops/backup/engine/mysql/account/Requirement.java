package io.nsqlops.backup.engine.mysql.account;

import static io.nsqlops.backup.engine.mysql.account.AccountClauses.text;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the connection of a client must have.
 *
 * @param kind empty for nothing, {@code ANY}, {@code X509} or {@code SPECIFIED}: the fields that
 *     are not empty
 */
record Requirement(String kind, String subject, String issuer, String cipher, String san) {
  private static final List<String> KINDS = List.of("", "ANY", "X509", "SPECIFIED");

  /** As MySQL keeps it: columns of {@code mysql.user}. */
  static Requirement ofColumns(UserRow user) {
    return new Requirement(
        user.text("ssl_type"),
        user.text("x509_subject"),
        user.text("x509_issuer"),
        user.text("ssl_cipher"),
        "");
  }

  /** As MariaDB and TiDB keep it: fields of a JSON text, which may be empty. */
  static Requirement ofJson(String json) {
    return json.isEmpty()
        ? new Requirement("", "", "", "", "")
        : of(JsonMapper.shared().readTree(json));
  }

  static Requirement of(JsonNode fields) {
    return new Requirement(
        KINDS.get(Math.max(0, fields.path("ssl_type").asInt(0))),
        fields.path("x509_subject").asString(""),
        fields.path("x509_issuer").asString(""),
        fields.path("ssl_cipher").asString(""),
        fields.path("san").asString(""));
  }

  void addTo(AccountClauses clauses, String tokenIssuer) {
    String[] fields =
        kind.equals("SPECIFIED")
            ? new String[] {
              text("SUBJECT", subject),
              text("ISSUER", issuer),
              text("CIPHER", cipher),
              text("SAN", san),
              text("TOKEN_ISSUER", tokenIssuer)
            }
            : new String[] {kind.equals("ANY") ? "SSL" : kind, text("TOKEN_ISSUER", tokenIssuer)};
    clauses.list("REQUIRE", fields);
  }
}
