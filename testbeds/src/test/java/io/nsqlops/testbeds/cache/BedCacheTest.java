package io.nsqlops.testbeds.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.testbeds.BedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BedCacheTest {
  @TempDir Path root;

  @Test
  void installsOnceHoweverManyAsk() throws Exception {
    BedCache cache = new BedCache(root.resolve("cache"));
    AtomicInteger installs = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Path>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(
            threads.submit(
                () ->
                    cache.require(
                        "toy",
                        "1",
                        folder -> {
                          installs.incrementAndGet();
                          Files.writeString(folder.resolve("program"), "x");
                        })));
      }
      for (Future<Path> answer : answers) {
        assertThat(answer.get().resolve("program")).hasContent("x");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(installs).hasValue(1);
    assertThat(cache.find("toy", "2")).isEmpty();
    assertThat(cache.findAny("toy")).contains(root.resolve("cache").resolve("toy-1"));
    assertThat(cache.findAny("to")).isEmpty();
  }

  @Test
  void aFailedInstallLeavesNothingAndCanBeRepeated() throws IOException {
    BedCache cache = new BedCache(root);
    assertThatThrownBy(
            () ->
                cache.require(
                    "toy",
                    "1",
                    folder -> {
                      Files.createFile(folder.resolve("half"));
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(BedException.class)
        .hasMessageContaining("toy 1")
        .hasRootCauseMessage("disk full");
    assertThat(cache.find("toy", "1")).isEmpty();
    assertThat(folders()).isEmpty();

    Path installed = cache.require("toy", "1", folder -> Files.createFile(folder.resolve("whole")));
    assertThat(installed.resolve("whole")).exists();
    assertThat(installed.resolve("half")).doesNotExist();
  }

  @Test
  void whatAKilledInstallLeftIsClearedAway() throws IOException {
    Files.createDirectories(root.resolve(".toy-1.123").resolve("half"));
    Files.createDirectories(root.resolve("toy-1").resolve("without-the-mark"));
    Path installed =
        new BedCache(root).require("toy", "1", folder -> Files.createFile(folder.resolve("a")));
    assertThat(installed.resolve("without-the-mark")).doesNotExist();
    assertThat(folders()).containsExactly("toy-1");
  }

  private List<String> folders() throws IOException {
    try (Stream<Path> paths = Files.list(root)) {
      return paths.filter(Files::isDirectory).map(path -> path.getFileName().toString()).toList();
    }
  }
}
