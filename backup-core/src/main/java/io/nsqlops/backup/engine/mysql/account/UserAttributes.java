package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON column that MySQL and TiDB keep newer properties of an account in. */
record UserAttributes(JsonNode fields) {
  /** {@code Restrictions} are the REVOKE lines of SHOW GRANTS. */
  private static final Set<String> KNOWN =
      Set.of(
          "Restrictions",
          "additional_password",
          "metadata",
          "Password_locking",
          "multi_factor_authentication",
          "resource_group");

  static UserAttributes parse(String json) {
    return new UserAttributes(JsonMapper.shared().readTree(json.isEmpty() ? "{}" : json));
  }

  /** The hash of the password that holds beside the current one; empty if none does. */
  String oldHash() {
    return fields.path("additional_password").asString("");
  }

  /** Comment and attribute, a JSON text; empty if there are none. */
  String metadata() {
    JsonNode metadata = fields.path("metadata");
    return metadata.isMissingNode() ? "" : metadata.toString();
  }

  String resourceGroup() {
    String group = fields.path("resource_group").asString("");
    return group.equals("default") ? "" : group;
  }

  /** After how many wrong passwords the account is locked, and for how long. */
  String locking() {
    JsonNode locking = fields.path("Password_locking");
    if (locking.path("failed_login_attempts").isMissingNode()) {
      return "";
    }
    int days = locking.path("password_lock_time_days").asInt(0);
    return "FAILED_LOGIN_ATTEMPTS "
        + locking.path("failed_login_attempts").asInt()
        + " PASSWORD_LOCK_TIME "
        + (days < 0 ? "UNBOUNDED" : days);
  }

  /** The second and third factor of authentication. */
  String factors() {
    StringBuilder sql = new StringBuilder();
    for (JsonNode factor : fields.path("multi_factor_authentication")) {
      String hash = factor.path("authentication_string").asString("");
      sql.append(sql.isEmpty() ? "" : " ")
          .append("AND IDENTIFIED WITH ")
          .append(Sql.string(factor.path("plugin").asString("")))
          .append(hash.isEmpty() ? "" : " AS " + Sql.string(hash));
    }
    return sql.toString();
  }

  /** What of this is not restored; empty if all is. */
  String warning(AccountName name) {
    List<String> lost = new ArrayList<>(fields.propertyNames());
    lost.removeAll(KNOWN);
    if (name.user().isEmpty() && fields.has("Restrictions")) {
      lost.add("partial revokes");
    }
    for (JsonNode factor : fields.path("multi_factor_authentication")) {
      if (factor.path("requires_registration").asInt(0) != 0) {
        lost.add("the registration of " + factor.path("plugin").asString(""));
      }
    }
    return lost.isEmpty() ? "" : "not in the backup: " + String.join(", ", lost);
  }

  /** Not what it holds. */
  @Override
  public String toString() {
    return "attributes " + fields.propertyNames();
  }
}
