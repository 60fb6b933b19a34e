package io.nsqlops.demo;

import java.nio.file.Path;

/**
 * What the acts share.
 *
 * @param source the database, as {@code --source}
 * @param repository the directory backups go to
 * @param password file with the database password
 * @param passphrase file with the passphrase of the repository
 */
record Stage(
    Narrator narrator,
    Commands commands,
    Report report,
    Servers servers,
    Workspace workspace,
    String source,
    Path repository,
    Path password,
    Path passphrase) {

  /** A command on the repository: its arguments, then where the repository is. */
  String[] onRepository(String... arguments) {
    return plus(
        arguments, "--repo", repository.toString(), "--passphrase-file", passphrase.toString());
  }

  /** A command between the database and the repository. */
  String[] onBoth(String option, String... arguments) {
    return plus(onRepository(plus(arguments, option, source)), "--password-file", "" + password);
  }

  private static String[] plus(String[] arguments, String... more) {
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }
}
