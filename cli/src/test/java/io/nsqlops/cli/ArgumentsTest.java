package io.nsqlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no-such-command",
        "list --no-such-option",
        "list --repo",
        "list --repo=a --repo=b",
        "backup --threads=many --repo=r",
        "backup --threads=0 --repo=r",
        "backup --tag=nothing --repo=r --source=mysql://u@h",
        "backup --tag==v --repo=r --source=mysql://u@h",
        "backup --tag=a=1 --tag=a=2 --repo=r --source=mysql://u@h",
        "import d --tag=a=1 --tag=a=2 --repo=r",
        "prune --keep-tag=a=1 --keep-tag=a=2 --repo=r",
        "restore --existing=perhaps --repo=r",
        "restore one two --repo=r",
        "restore --repo=r --dry-run --rename=shop",
        "restore --repo=r --dry-run --rename=shop=a --rename=shop=b",
        "restore --repo=r --dry-run --definer-map=a@h=b@h --definer-map=a@h=c@h",
        "export --repo=r --to=d --rename=shop.item=a --rename=shop.item=b",
        "diff latest --repo=r",
        "diff one two --source=mysql://h --repo=r",
        "list --repo=ftp://h/p",
        "list --output=xml --repo=r",
        "list --config=/no/such/file",
        "prune --repo=r",
        "prune --repo=r --keep-min=3",
        "prune --repo=r --keep-last=-1",
        "prune --repo=r --keep-last=1 --keep-min=0",
        "prune --repo=r --keep-within=long",
        "prune --repo=r --keep-last=1 --grace=1y",
        "prune --repo=r --keep-tag=nothing",
        "pin",
        "key --repo=r",
        "key destroy --repo=r",
        "key remove --repo=r",
        "key add someid --repo=r",
        "key list --label=x --repo=r",
        "key add --data-key --repo=r",
        "export --repo=r",
        "export --repo=r --to=d --format=xml",
        "export --repo=r --to=d --statement-size=0",
        "import",
        "import d --repo=r --source-engine=oracle",
        "ship-logs",
        "manifests",
        "doctor",
        "demo"
      })
  void wrongUsageEndsWithTwoAndAHint(String line) {
    Run run = Run.of(words(line));

    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("ERROR: ").contains("\nHINT: ").doesNotContain("Exception");
  }

  @Test
  void wrongUsageIsADocumentWhereOneIsWanted() {
    Run run = Run.of("bakup", "--output", "json");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.json().path("kind").asString()).isEqualTo("usage");
    assertThat(run.json().path("error").asString()).contains("bakup");
    assertThat(run.json().path("hint").asString()).contains("backup");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup --password=hunter2 --source=mysql://h",
        "backup --password hunter2",
        "backup --passphrase=hunter2",
        "backup --source=mysql://root:hunter2@h --repo=REPO",
        "backup --source=mysql://root:hunt/er@hunter2@h --repo=REPO",
        "backup --source=mysql://root:hunter2{}@h --repo=REPO",
        "backup --source=mysql://h?password=hunter2 --repo=REPO",
        "backup --source=nosql://root:hunter2@h --repo=REPO",
        "backup mysql://root:hunter2@h",
        "list --repo=s3://key:hunter2@bucket"
      })
  void aSecretAmongTheArgumentsIsRefusedAndNotRepeated(String line) throws IOException {
    Path repository = directory.resolve("repository");
    if (line.contains("REPO")) {
      assertThat(Run.of("init", "--no-encryption", "--repo=" + repository).code()).isZero();
    }

    Run run = Run.of(words(line.replace("REPO", repository.toString())));

    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.out() + run.err()).doesNotContain("hunter2").contains("HINT: ");
  }

  @Test
  void versionAndHelpNeedNothing() {
    assertThat(Run.of("--version").out()).matches("nsql-ops \\d+\\.\\d+\\.\\d+.*\\R");
    assertThat(Run.of("--version", "--output=json").json().path("version").asString())
        .matches("\\d+.*");
    Run help = Run.of("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("init", "backup", "restore", "list", "show", "diff", "verify")
        .contains("ship-logs", "manifests", "doctor", "demo", "Exit codes:");
    assertThat(Run.of("restore", "--help").out())
        .contains("--target", "--rename", "--existing", "--verify", "--dry-run", "--users");
  }

  @Test
  void initEncryptsUnlessToldOtherwise() throws IOException {
    Path repository = directory.resolve("r");
    Run refused = Run.of("init", "--repo=" + repository);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("NSQL_OPS_PASSPHRASE").contains("--no-encryption");
    assertThat(repository).doesNotExist();

    Path secret = Files.writeString(directory.resolve("secret"), "correct horse\n");
    Run both =
        Run.of("init", "--repo=" + repository, "--passphrase-file=" + secret, "--no-encryption");
    assertThat(both.code()).isEqualTo(2);

    Run made =
        Run.of("init", "--repo=" + repository, "--passphrase-file=" + secret, "--output=json");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.json().path("encrypted").asBoolean()).isTrue();
    assertThat(made.json().path("conditionalPut").asBoolean()).isTrue();

    Run again = Run.of("init", "--repo=" + repository, "--passphrase-file=" + secret);
    assertThat(again.code()).isEqualTo(2);
  }

  @Test
  void theConfigurationFileSaysWhatNoOptionDoes() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "correct horse\n");
    Path there = directory.resolve("there");
    Path config =
        Files.writeString(
            directory.resolve("nsql-ops.yaml"),
            "repository: " + there + "\nsecrets: { passphrase: \"file:" + secret + "\" }\n");
    assertThat(Run.of("init", "--config=" + config).code()).isZero();
    Run list = Run.of("list", "--config", config.toString());
    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.out()).contains("no backups yet");

    Run elsewhere = Run.of("list", "--config=" + config, "--repo=" + directory.resolve("nowhere"));
    assertThat(elsewhere.code()).isEqualTo(10);

    Path wrong = Files.writeString(directory.resolve("wrong"), "battery staple");
    Run wrongKey = Run.of("list", "--config=" + config, "--passphrase-file=" + wrong);
    assertThat(wrongKey.code()).isEqualTo(12);
    assertThat(wrongKey.out() + wrongKey.err()).doesNotContain("battery", "horse");
  }

  private static String[] words(String line) {
    return line.isEmpty() ? new String[0] : line.split(" ");
  }
}
