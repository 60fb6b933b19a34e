package io.nsqlops.testbeds.server;

/** Who this JVM runs as. */
final class Users {
  private Users() {}

  static String current() {
    return System.getProperty("user.name");
  }

  static boolean isRoot() {
    return current().equals("root");
  }
}
