package io.nsqlops.testbeds.junit;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.docker.DockerEngine;
import io.nsqlops.testbeds.python.PythonReader;
import io.nsqlops.testbeds.server.ElasticsearchServer;
import io.nsqlops.testbeds.server.MariaDbServer;
import io.nsqlops.testbeds.server.MysqlRelease;
import io.nsqlops.testbeds.server.PostgresServer;
import io.nsqlops.testbeds.server.S3MockServer;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The servers a test can ask for, and the tools of other languages. */
public enum Bed {
  MARIADB,
  MYSQL8,
  MYSQL9,
  TIDB,
  SEEKDB,
  POSTGRESQL,
  MINIO,
  LOCALKMS,
  S3MOCK,
  ELASTICSEARCH,
  ELASTICSEARCH7,
  ELASTICSEARCH9,
  TOXIPROXY,
  KUBERNETES,
  DOCKER,
  PYTHON_READER;

  // What is missing stays missing while a test run lasts, and asking again may take minutes.
  private static final Map<Bed, Optional<String>> ANSWERS = new ConcurrentHashMap<>();

  /** Why this server cannot be had here and what to do about it; empty when it can. */
  public Optional<String> missing() {
    return ANSWERS.computeIfAbsent(this, Bed::look);
  }

  private Optional<String> look() {
    return switch (this) {
      case MARIADB -> delivered(() -> MariaDbServer.BED.require(BedCache.ofUser()));
      case ELASTICSEARCH -> delivered(() -> ElasticsearchServer.BED.require(BedCache.ofUser()));
      case ELASTICSEARCH7 -> delivered(() -> ElasticsearchServer.BED_7.require(BedCache.ofUser()));
      case ELASTICSEARCH9 ->
          installed("java21")
              .or(() -> delivered(() -> ElasticsearchServer.BED_9.require(BedCache.ofUser())));
      case MYSQL8 -> delivered(MysqlRelease.V8_0::command);
      case S3MOCK -> delivered(S3MockServer::install);
      case POSTGRESQL -> PostgresServer.obstacle();
      case DOCKER -> DockerEngine.obstacle();
      case PYTHON_READER -> PythonReader.obstacle();
      // The names of the others are those of the scripts that install them.
      default -> installed(name().toLowerCase(Locale.ROOT));
    };
  }

  private static Optional<String> installed(String name) {
    BedCache cache = BedCache.ofUser();
    boolean there =
        cache.findAny(name).isPresent()
            || Files.exists(cache.root().resolve(name).resolve("STAMP"));
    return there ? Optional.empty() : Optional.of("run testbeds/install " + name);
  }

  /** For servers that Maven delivers: here, or installed by asking. */
  private static Optional<String> delivered(Runnable install) {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!platform.equals("Linux amd64")) {
      return Optional.of("it is built for Linux amd64, this is " + platform);
    }
    try {
      install.run();
      return Optional.empty();
    } catch (BedException e) {
      return Optional.of(firstLines(e));
    }
  }

  private static String firstLines(BedException failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    if (failure.getCause() != null) {
      message += ": " + failure.getCause().getMessage();
    }
    String line = message.lines().limit(3).reduce((one, two) -> one + " " + two).orElse(message);
    return line.length() > 400 ? line.substring(0, 400) + "…" : line;
  }
}
