package io.nsqlops.logs.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.logs.Told;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathPatternTest {
  @TempDir Path dir;

  @Test
  void findsFilesTheirRotationsAndTheTargetsOfLinks() throws IOException {
    touch("pods/a_b_c/tidb/0.log");
    touch("pods/a_b_c/tidb/0.log.20260102-030405");
    touch("pods/a_b_c/tidb/0.log.20260102-030300.gz");
    touch("pods/a_b_c/tidb/0.log.20260102-030200.tmp");
    touch("pods/a_b_c/tidb/notes.txt");
    touch("elsewhere/1.log");
    touch("elsewhere/1.log.1");
    touch("elsewhere/2.log");
    Files.createSymbolicLink(dir.resolve("pods/a_b_c/tidb/x.log"), dir.resolve("elsewhere/1.log"));
    Files.createSymbolicLink(dir.resolve("pods/a_b_c/tidb/y.log"), dir.resolve("nowhere"));
    Files.createDirectory(dir.resolve("pods/a_b_c/tidb/d.log"));

    assertThat(scan(dir + "/pods/*/*/*.log"))
        .containsExactlyInAnyOrder(
            "pods/a_b_c/tidb/0.log",
            "pods/a_b_c/tidb/0.log.20260102-030405",
            "pods/a_b_c/tidb/0.log.20260102-030300.gz",
            "elsewhere/1.log",
            "elsewhere/1.log.1");
  }

  @Test
  void doubleStarsGoDownAndSurviveLoops() throws IOException {
    touch("a/1.log");
    touch("a/b/c/2.log");
    Files.createSymbolicLink(dir.resolve("a/b/loop"), dir.resolve("a"));

    assertThat(scan(dir + "/a/**/*.log")).containsExactlyInAnyOrder("a/1.log", "a/b/c/2.log");
    assertThat(scan(dir + "/a/**")).containsExactlyInAnyOrder("a/1.log", "a/b/c/2.log");
  }

  @Test
  void hiddenNamesAreFoundWhereTheDotIsNamed() throws IOException {
    touch("a/.x.log");
    touch("a/.x.log.1");
    touch("a/x.log");
    touch("a/.d/y.log");
    touch("a/d/.y.log");

    assertThat(scan(dir + "/a/*.log")).containsExactly("a/x.log");
    assertThat(scan(dir + "/a/*")).containsExactly("a/x.log");
    assertThat(scan(dir + "/a/?x.log")).isEmpty();
    assertThat(scan(dir + "/a/[!x]x.log")).isEmpty();
    assertThat(scan(dir + "/a/{*.log,*.txt}")).containsExactly("a/x.log");
    assertThat(scan(dir + "/a/.*.log")).containsExactlyInAnyOrder("a/.x.log", "a/.x.log.1");
    assertThat(scan(dir + "/a/{.x,x}.log"))
        .containsExactlyInAnyOrder("a/.x.log", "a/.x.log.1", "a/x.log");
    assertThat(scan(dir + "/a/.x.log")).containsExactlyInAnyOrder("a/.x.log", "a/.x.log.1");
    touch("a/.log");
    assertThat(scan(dir + "/a/*.log")).containsExactly("a/x.log");
    assertThat(scan(dir + "/a/*/*.log")).isEmpty();
    assertThat(scan(dir + "/a/.*/*.log")).containsExactly("a/.d/y.log");
    assertThat(scan(dir + "/a/**/*.log")).containsExactly("a/x.log");
  }

  @Test
  void exclusionsAndPlainPathsAreTakenAsTheyAre() throws IOException {
    touch("a/observer.log");
    touch("a/observer.log.wf");

    assertThat(scan(dir + "/a/observer.log")).containsExactly("a/observer.log");
    assertThat(
            new Discovery(
                    List.of(Watched.of(List.of(dir + "/a/*"), List.of("**/*.wf"), false)), 100)
                .scan())
        .hasSize(1);
    assertThat(scan(dir + "/missing/*.log")).isEmpty();
  }

  @Test
  void whatIsNoFileIsPassedOver() throws IOException {
    touch("a/b.log/c.log");
    touch("a/good.log");
    Files.createSymbolicLink(dir.resolve("a/loop1.log"), dir.resolve("a/loop2.log"));
    Files.createSymbolicLink(dir.resolve("a/loop2.log"), dir.resolve("a/loop1.log"));
    Files.createSymbolicLink(dir.resolve("a/up"), dir.resolve("a"));

    assertThat(scan(dir + "/a/*.log")).containsExactly("a/good.log");
    assertThat(scan(dir + "/a/b.log")).isEmpty();
    assertThat(scan(dir + "/a/**/*.log")).containsExactlyInAnyOrder("a/good.log", "a/b.log/c.log");
    assertThat(scan(dir + "/a/*/*/*/good.log")).containsExactly("a/good.log");
  }

  @Test
  void excludedDirectoriesAreNotLookedInto() throws IOException {
    touch("a/private/deep/x.log");
    touch("a/open/x.log");
    PathPattern pattern = PathPattern.of(dir + "/a/**/*.log");
    for (String exclude : List.of("/a/private", "/a/private/**")) {
      Watched watched = Watched.of(List.of(), List.of(dir + exclude), false);
      assertThat(pattern.directories(new Listing(), watched::excludesAllOf))
          .containsExactlyInAnyOrder(dir.resolve("a"), dir.resolve("a/open"));
    }
    Watched some = Watched.of(List.of(), List.of(dir + "/a/private/*.log"), false);
    assertThat(pattern.directories(new Listing(), some::excludesAllOf)).hasSize(4);
  }

  @Test
  void aDirectoryWhereAFileIsNamedIsToldAndCounted() throws IOException {
    touch("a/b.log/c.log");
    Discovery discovery = discovery(dir + "/a/b.log");
    try (Told told = new Told(Discovery.class)) {
      discovery.scan();
      discovery.scan();
      assertThat(told.messages())
          .filteredOn(message -> message.contains("is a directory"))
          .singleElement()
          .asString()
          .contains(dir + "/a/b.log");
    }
    assertThat(discovery.unreadable()).isEqualTo(1);

    Files.delete(dir.resolve("a/b.log/c.log"));
    Files.delete(dir.resolve("a/b.log"));
    touch("a/b.log");
    assertThat(discovery.scan()).hasSize(1);
    assertThat(discovery.unreadable()).isZero();
  }

  @Test
  void aPatternThatMatchesNothingIsToldOnce() throws IOException {
    touch("a/b.log");
    Discovery discovery =
        new Discovery(
            List.of(Watched.of(List.of(dir + "/a/*.log", dir + "/x/*.log"), List.of(), false)), 9);
    try (Told told = new Told(Discovery.class)) {
      discovery.scan();
      discovery.scan();
      assertThat(told.messages()).containsExactly("nothing matches " + dir + "/x/*.log yet");
    }
    assertThat(discovery.unreadable()).isZero();
  }

  /** Root may look everywhere: this cannot be tried with a directory. */
  @Test
  void aDirectoryNobodyMayLookIntoIsToldAndCounted() {
    Listing listing = new Listing();
    try (Told told = new Told(Listing.class)) {
      for (int look = 0; look < 2; look++) {
        listing.begin();
        listing.failed(dir, new AccessDeniedException(dir.toString()));
        listing.failed(dir, new AccessDeniedException(dir.toString()));
        listing.failed(dir.resolve("x"), new NoSuchFileException(dir + "/x"));
        listing.end();
        assertThat(listing.closed()).isEqualTo(1);
      }
      listing.begin();
      listing.end();
      assertThat(listing.closed()).isZero();
      listing.begin();
      listing.failed(dir, new AccessDeniedException(dir.toString()));
      listing.end();

      assertThat(told.messages()).hasSize(2).allMatch(m -> m.startsWith(dir + " cannot be looked"));
    }
  }

  @Test
  void moreFilesThanCanBeWatchedAreCounted() throws IOException {
    for (int i = 0; i < 120; i++) {
      touch("many/" + i + ".log");
    }
    List<Watched> watched = List.of(Watched.of(List.of(dir + "/many/*.log"), List.of(), false));
    Discovery discovery = new Discovery(watched, 100);
    assertThat(discovery.scan()).hasSize(100);
    assertThat(discovery.unwatched()).isEqualTo(20);
    Files.delete(dir.resolve("many/7.log"));
    assertThat(discovery.scan()).hasSize(100);
    assertThat(discovery.unwatched()).isEqualTo(19);
  }

  @Test
  void refusesWhatIsNoPattern() {
    assertThatThrownBy(() -> PathPattern.of("logs/*.log"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PathPattern.of("/logs/[.log"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> scan(String pattern) {
    return discovery(pattern).scan().stream()
        .map(f -> dir.relativize(f.path()).toString())
        .toList();
  }

  private static Discovery discovery(String pattern) {
    return new Discovery(List.of(Watched.of(List.of(pattern), List.of(), false)), 100);
  }

  private void touch(String path) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x\n");
  }
}
