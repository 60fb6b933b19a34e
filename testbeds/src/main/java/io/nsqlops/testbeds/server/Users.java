package io.nsqlops.testbeds.server;

/** Who this JVM runs as. */
final class Users {
  private Users() {}

  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
