package io.nsqlops.backup.engine.mysql.account;

import java.util.List;

/**
 * An account without its rights.
 *
 * @param create the statements that make it; they hold its password's hash
 * @param warning what of it the statements do not bring back; empty if nothing
 */
record Account(AccountName name, List<String> create, String warning) {
  Account {
    create = List.copyOf(create);
  }

  /** Not what it holds. */
  @Override
  public String toString() {
    return name.quoted();
  }
}
