package io.nsqlops.backup.engine.mysql.account;

/**
 * A role that somebody has.
 *
 * @param admin whether the member may give it to others
 */
record RoleGrant(AccountName role, AccountName member, boolean admin) {
  String statement() {
    return "GRANT "
        + role.quoted()
        + " TO "
        + member.quoted()
        + (admin ? " WITH ADMIN OPTION" : "");
  }
}
