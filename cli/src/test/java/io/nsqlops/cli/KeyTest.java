package io.nsqlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keys as a user handles them. */
class KeyTest {
  @TempDir Path directory;
  private String repo = "";
  private String first = "";
  private String second = "";

  @BeforeEach
  void make() throws IOException {
    repo = "--repo=" + directory.resolve("repository");
    first = "=" + Files.writeString(directory.resolve("first"), "correct horse\n");
    second = "=" + Files.writeString(directory.resolve("second"), "battery staple\n");
    assertThat(Run.of("init", repo, "--passphrase-file" + first).code()).isZero();
  }

  @Test
  void aSecondPassphraseOpensUntilItIsRemoved() {
    Run added = key("add", "--new-passphrase-file" + second, "--label=Night shift");
    assertThat(added.code()).as(added.err()).isZero();
    String id = added.json().path("added").asString();
    assertThat(opensWith(second)).isZero();

    JsonNode list = key("list").json();
    assertThat(list).hasSize(2);
    assertThat(list.findValuesAsString("label")).containsExactlyInAnyOrder("", "Night shift");
    assertThat(list.findValuesAsString("kind")).containsOnly("passphrase");
    Run text = Run.of("key", "list", repo, "--passphrase-file" + first);
    assertThat(text.out()).contains("ID ", "IN USE", id, "yes", "Night shift");

    Run removed = key("remove", id.substring(0, 8));
    assertThat(removed.json().path("removed").asString()).isEqualTo(id);
    assertThat(opensWith(second)).isEqualTo(12);

    Run last = key("remove", key("list").json().path(0).path("id").asString());
    assertThat(last.code()).isEqualTo(2);
    assertThat(last.json().path("hint").asString()).contains("the only one");
    assertThat(opensWith(first)).isZero();
  }

  @Test
  void aRotationPutsTheNewInThePlaceOfTheOld() {
    Run rotated = key("rotate", "--new-passphrase-file" + second, "--label=ops");
    assertThat(rotated.code()).as(rotated.err()).isZero();
    assertThat(rotated.json().path("removed")).hasSize(1);
    assertThat(opensWith(second)).isZero();
    assertThat(opensWith(first)).isEqualTo(12);

    Run again = Run.of("key", "rotate", "--data-key", repo, "--passphrase-file" + second);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).startsWith("added     ").contains("\nremoved   ");
    Run list = Run.of("key", "list", repo, "--passphrase-file" + second, "--output=json");
    assertThat(list.json()).hasSize(1);
    assertThat(list.json().path(0).path("label").asString()).isEqualTo("ops");
  }

  @Test
  void withoutASecretKeysAreListedAllTheSame() {
    Run list = Run.of("key", "list", repo, "--output=json");
    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.json()).hasSize(1);
    assertThat(list.json().path(0).path("inUse").asBoolean()).isFalse();
    Run nowhere = Run.of("key", "list", "--repo=" + directory.resolve("nowhere"));
    assertThat(nowhere.code()).isEqualTo(10);
  }

  @Test
  void whatIsMissingOrWrongIsTold() {
    assertThat(key("add").code()).isEqualTo(2);
    assertThat(key("add").json().path("hint").asString()).contains("NSQL_OPS_NEW_PASSPHRASE");
    assertThat(key("rotate", "--new-passphrase-file" + first).code()).isEqualTo(2);
    assertThat(key("add", "--label=a\tb", "--new-passphrase-file" + second).code()).isEqualTo(2);
    Run wrong =
        Run.of("key", "add", repo, "--passphrase-file" + second, "--new-passphrase-file" + second);
    assertThat(wrong.code()).isEqualTo(12);
    assertThat(wrong.out() + wrong.err()).doesNotContain("battery", "horse");
  }

  private Run key(String action, String... more) {
    String[] arguments = new String[more.length + 5];
    arguments[0] = "key";
    arguments[1] = action;
    System.arraycopy(more, 0, arguments, 2, more.length);
    arguments[more.length + 2] = repo;
    arguments[more.length + 3] = "--passphrase-file" + first;
    arguments[more.length + 4] = "--output=json";
    return Run.of(arguments);
  }

  private int opensWith(String file) {
    return Run.of("list", repo, "--passphrase-file" + file).code();
  }
}
