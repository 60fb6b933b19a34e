package io.nsqlops.testbeds.python;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Python that has AES-GCM, Zstandard and Argon2 to read a repository with. */
public final class PythonReader {
  private static final String NAME = "python-reader";
  private static final String INSTALL = "run testbeds/install " + NAME;
  private static final String IMPORTS =
      "import argon2.low_level, cryptography.hazmat.primitives.ciphers.aead, zstandard";

  private PythonReader() {}

  /** Why it cannot be used here and what to do about it; empty when it can. */
  public static Optional<String> obstacle() {
    return obstacle(BedCache.ofUser());
  }

  /** Asks the interpreter itself: the Python it was made of may have been replaced since. */
  static Optional<String> obstacle(BedCache cache) {
    Optional<Path> interpreter = interpreter(cache);
    if (interpreter.isEmpty()) {
      return Optional.of(INSTALL);
    }
    try {
      List<String> command = List.of(interpreter.get().toString(), "-c", IMPORTS);
      Command.run(command, Map.of(), cache.root(), Duration.ofMinutes(1));
      return Optional.empty();
    } catch (BedException e) {
      return Optional.of("its packages do not load any more, " + INSTALL);
    }
  }

  /** The interpreter. */
  public static Path interpreter() {
    return interpreter(BedCache.ofUser())
        .orElseThrow(() -> new BedException(NAME + " is missing: " + INSTALL));
  }

  private static Optional<Path> interpreter(BedCache cache) {
    return cache.findAny(NAME).map(bed -> bed.resolve("venv").resolve("bin").resolve("python"));
  }
}
