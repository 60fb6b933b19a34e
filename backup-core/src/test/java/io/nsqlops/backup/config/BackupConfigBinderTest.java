package io.nsqlops.backup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BackupConfigBinderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void bindsTheDocumentedFile() {
    BackupConfig config =
        bind(
            """
            {"cluster": "shop",
             "source": "tidb://backup@tidb.db:4000",
             "repository": "s3://backups/shop?region=eu-west-1",
             "secrets": {"db-password": "file:/etc/nsql-ops/db", "passphrase": "env:PHRASE"},
             "schedule": [
               {"task": "backup", "cron": "0 2 * * *", "time-zone": "Asia/Shanghai"},
               {"task": "prune", "cron": "30 3 * * *", "keep": {"last": 7, "daily": 30, "monthly": 12, "within": "1w", "tags": {"why": "release"}}},
               {"task": "verify", "cron": "0 5 * * SUN", "budget": "5GiB"}],
             "logs": {}, "kubernetes": {}}
            """);

    assertThat(config.cluster()).isEqualTo("shop");
    assertThat(config.source()).hasValue(new SourceUri("tidb://backup@tidb.db:4000"));
    assertThat(config.repository())
        .hasValue(new RepositoryUri("s3://backups/shop?region=eu-west-1"));
    assertThat(config.secrets().databasePassword())
        .hasValue(SecretReference.parse("file:/etc/nsql-ops/db"));
    assertThat(config.secrets().repositoryPassphrase())
        .hasValue(SecretReference.parse("env:PHRASE"));
    assertThat(config.schedule())
        .extracting(ScheduleTask::kind)
        .containsExactly(TaskKind.BACKUP, TaskKind.PRUNE, TaskKind.VERIFY);
    assertThat(config.schedule().get(0).timeZone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    assertThat(config.schedule().get(1).timeZone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(config.schedule().get(1).commandLine())
        .containsExactly(
            "prune",
            "--keep-last=7",
            "--keep-daily=30",
            "--keep-monthly=12",
            "--keep-within=7d",
            "--keep-tag=why=release");
    assertThat(config.schedule().get(2).commandLine()).containsExactly("verify", "--budget=5GiB");
  }

  @Test
  void anEmptyDocumentIsADefaultClusterWithoutASchedule() {
    BackupConfig config = bind("null");

    assertThat(config)
        .isEqualTo(new BackupConfig("default", null, null, BackupSecrets.NONE, List.of()));
  }

  @Test
  void backupOptionsBecomeFlags() {
    BackupConfig config =
        bind(
            """
            {"source": "mysql://u@h", "repository": "/backups", "schedule": [
              {"task": "backup", "cron": "0 2 * * *",
               "include": ["shop.*"], "exclude": ["shop.tmp_*"], "threads": 4}]}
            """);

    assertThat(config.schedule().get(0).commandLine())
        .containsExactly("backup", "--include=shop.*", "--exclude=shop.tmp_*", "--threads=4");
  }

  @Test
  void reportsEveryProblemTogetherWithItsPath() {
    assertThat(
            problems(
                """
                {"cluster": "Shop!",
                 "source": "oracle://u@h",
                 "repository": "ftp://h/dir",
                 "secrets": {"db-password": 5, "passphrase": "plain"},
                 "schedule": [
                   {"cron": "0 2 * *", "time-zone": "+08:00"},
                   {"task": "prune", "cron": "0 2 * * 7"},
                   {"task": "prune", "cron": "0 2 * * *", "keep": {"last": -1}},
                   {"task": "prune", "cron": "0 2 * * *", "keep": {"last": 0}},
                   {"task": "prune", "cron": "0 2 * * *", "keep": {"within": "long", "last": 1}},
                   {"task": "backup", "cron": "0 2 * * *", "budget": "1GiB", "threads": 0},
                   {"task": "verify", "cron": "0 2 * * *", "budget": "much", "include": ["a", 1]},
                   "backup"]}
                """))
        .contains(
            "cluster",
            "source",
            "repository",
            "secrets.db-password",
            "secrets.passphrase",
            "schedule[0].task",
            "schedule[0].cron",
            "schedule[0].time-zone",
            "schedule[1].cron",
            "schedule[2].keep.last",
            "schedule[3].keep",
            "schedule[4].keep.within",
            "schedule[5].budget",
            "schedule[5].threads",
            "schedule[6].budget",
            "schedule[6].include[1]",
            "schedule[6].include",
            "schedule[7]");
  }

  @Test
  void aScheduleNeedsSourceAndRepository() {
    assertThat(problems("{\"schedule\": [{\"task\": \"backup\", \"cron\": \"0 2 * * *\"}]}"))
        .containsExactly("source", "repository");
  }

  @Test
  void wrongShapesAreProblemsNotCrashes() {
    assertThat(problems("{\"secrets\": [], \"schedule\": {}, \"cluster\": []}"))
        .containsExactlyInAnyOrder("cluster", "secrets", "schedule", "source", "repository");
  }

  @Test
  void theErrorNamesTheFileAndNoSecret() {
    assertThatExceptionOfType(OpsException.class)
        .isThrownBy(
            () ->
                bind(
                    """
                    {"secrets": {"passphrase": "hunter2"},
                     "source": "mysql://root:hunter2@db",
                     "repository": "s3://AKIA:hunter2@bucket/x"}
                    """))
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
              assertThat(e.object()).isEqualTo("shop.yaml");
              assertThat(e.hint()).isNotBlank();
              assertThat(e).hasMessageContaining("3 problems");
              assertThat(e.getMessage()).doesNotContain("hunter2").doesNotContain("AKIA");
            });
  }

  private static BackupConfig bind(String json) {
    return BackupConfigBinder.bind(JSON.readTree(json), "shop.yaml");
  }

  private static List<String> problems(String json) {
    ConfigProblems problems = new ConfigProblems();
    JsonNode document = JSON.readTree(json);
    BackupConfigBinder.bind(ConfigNode.root(document, problems));
    return problems.list().stream().map(ConfigProblem::path).toList();
  }
}
