package io.nsqlops.testbeds.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.cache.BedCache;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonReaderTest {
  @TempDir Path cache;

  @Test
  void whatIsNotThereIsToBeInstalled() {
    assertThat(PythonReader.obstacle(new BedCache(cache)))
        .contains("run testbeds/install python-reader");
  }

  @Test
  void anInterpreterWithoutThePackagesIsToBeInstalledAgain() {
    bed("#!/bin/sh\nexit 1\n");
    assertThat(PythonReader.obstacle(new BedCache(cache)))
        .contains("its packages do not load any more, run testbeds/install python-reader");
  }

  @Test
  void anInterpreterThatIsGoneIsToBeInstalledAgain() {
    new BedCache(cache).require("python-reader", "1", folder -> {});
    assertThat(PythonReader.obstacle(new BedCache(cache))).isPresent();
  }

  @Test
  void oneThatLoadsThePackagesWillDo() {
    bed("#!/bin/sh\nexit 0\n");
    assertThat(PythonReader.obstacle(new BedCache(cache))).isEmpty();
  }

  private void bed(String interpreter) {
    new BedCache(cache)
        .require(
            "python-reader",
            "1",
            folder -> {
              Path bin = Files.createDirectories(folder.resolve("venv").resolve("bin"));
              Path python = Files.writeString(bin.resolve("python"), interpreter);
              assertThat(python.toFile().setExecutable(true)).isTrue();
            });
  }
}
