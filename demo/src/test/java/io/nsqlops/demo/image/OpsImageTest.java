package io.nsqlops.demo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nsqlops.testbeds.docker.DockerEngine;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.process.Command;
import io.nsqlops.testbeds.server.ElasticsearchServer;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image does in a real engine, under the restrictions of the Jobs' pods. */
@Tag("slow")
@NeedsBed(Bed.DOCKER)
class OpsImageTest {
  @TempDir static Path directory;

  private static @Nullable DockerEngine engine;
  private static @Nullable OpsImage built;

  @BeforeAll
  static void build() {
    assumeTrue(
        OpsImage.distributionIsBuilt(),
        "no cli/target/nsql-ops here: run mvn verify, not mvn test");
    DockerEngine started = DockerEngine.start(directory.resolve("engine"));
    engine = started;
    built = OpsImage.build(started);
  }

  @AfterAll
  static void stop() {
    if (engine != null) {
      engine.close();
    }
  }

  private static OpsImage image() {
    return Objects.requireNonNull(built);
  }

  @Test
  void startsAsAnUnprivilegedUserFromItsOwnClassArchive() {
    Command.Result version = image().run(List.of(), "--version");

    assertThat(version.exitCode()).as(version.output()).isZero();
    assertThat(version.output()).contains("nsql-ops");
    assertThat(image().program("id", "-u").strip()).isEqualTo("10001");
    assertThat(image().program("find", "/opt/nsql-ops", "-name", "classes-*.jsa", "-size", "+1M"))
        .isNotBlank();
  }

  @Test
  void exitCodesReachTheEngine() {
    assertThat(image().run(List.of(), "no-such-command").exitCode()).isEqualTo(2);
    assertThat(image().run(List.of(), "list", "--repo=/tmp/none").exitCode()).isEqualTo(10);
  }

  @Test
  void backsUpADatabaseIntoAMountedRepository() throws Exception {
    Path repository = writable("repository");
    Path secrets = Files.writeString(directory.resolve("secrets"), "NSQL_OPS_PASSPHRASE=open\n");
    List<String> options =
        List.of("--env-file=" + secrets, "--volume=" + repository + ":/repository");
    try (MariaDbServer server = MariaDbServer.start(directory.resolve("mariadb"))) {
      server.execute(
          "CREATE DATABASE shop",
          "USE shop",
          "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(20))",
          "INSERT INTO shop.item SELECT seq, CONCAT('item ', seq) FROM seq_1_to_1000");

      succeed(image().run(options, "init", "--repo=/repository"));
      String source = "--source=mariadb://root@127.0.0.1:" + server.port();
      succeed(image().run(options, "backup", source, "--repo=/repository"));
      server.execute("DROP DATABASE shop");
      succeed(
          image()
              .run(options, "restore", source.replace("source", "target"), "--repo=/repository"));
      assertThat(rows(server)).isEqualTo(1000);
    }
  }

  @Test
  void shipsLogsThatItFindsOnTheNode() throws Exception {
    Path logs = Files.createDirectory(directory.resolve("logs"));
    Path state = writable("state");
    Files.writeString(logs.resolve("app.log"), "first\nsecond\nthird\n");
    try (ElasticsearchServer server =
        ElasticsearchServer.start(directory.resolve("elasticsearch"))) {
      Path config =
          Files.writeString(
              directory.resolve("nsql-ops.yaml"),
              """
              cluster: shop
              logs:
                state-directory: /state
                sources: [{ paths: ["/logs/*.log"], format: plain, dataset: app }]
                elasticsearch: { urls: ["%s"] }
              """
                  .formatted(server.uri()));

      succeed(
          image()
              .run(
                  List.of(
                      "--volume=" + config + ":/config.yaml:ro",
                      "--volume=" + logs + ":/logs:ro",
                      "--volume=" + state + ":/state"),
                  "ship-logs",
                  "--config=/config.yaml",
                  "--templates=reduced",
                  "--until-idle"));

      assertThat(get(server.uri().resolve("/logs-app-shop/_refresh"))).contains("\"failed\":0");
      assertThat(get(server.uri().resolve("/logs-app-shop/_count"))).contains("\"count\":3");
    }
  }

  /** A folder that the image's user may write into, as a pod's file system group may. */
  private static Path writable(String name) throws Exception {
    Path folder = Files.createDirectory(directory.resolve(name));
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  private static void succeed(Command.Result result) {
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  private static int rows(MariaDbServer server) throws Exception {
    try (var connection = server.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT COUNT(*) FROM shop.item")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  private static String get(URI address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
