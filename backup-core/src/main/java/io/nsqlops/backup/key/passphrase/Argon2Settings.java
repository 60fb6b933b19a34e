package io.nsqlops.backup.key.passphrase;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Cost of Argon2id (version 0x13), as recorded in a slot.
 *
 * @param memoryKib memory in KiB
 * @param passes over that memory
 * @param lanes degree of parallelism; this implementation computes them one after the other
 */
record Argon2Settings(int memoryKib, int passes, int lanes) {
  /**
   * For new slots: the least that OWASP's password storage cheat sheet asks for. Every command that
   * opens a repository pays for it with CPU and memory, pods with a small limit above all: measured
   * in a cold JVM 0.19 s and 19 MiB, against 0.37 s and 64 MiB for one pass over these, which makes
   * a guess cost more by two thirds. A passphrase that is no random one should be long.
   */
  static final Argon2Settings CURRENT = new Argon2Settings(19 * 1024, 2, 1);

  static final int VERSION = Argon2Parameters.ARGON2_VERSION_13;

  /** Upper bounds, so that a forged slot cannot exhaust the reader. */
  static final int MAX_MEMORY_KIB = 1 << 20;

  static final int MAX_PASSES = 64;
  static final int MAX_LANES = 16;

  Argon2Settings {
    if (lanes < 1 || lanes > MAX_LANES || passes < 1 || passes > MAX_PASSES) {
      throw new IllegalArgumentException("Argon2 passes or lanes out of bounds");
    }
    if (memoryKib < 8 * lanes || memoryKib > MAX_MEMORY_KIB) {
      throw new IllegalArgumentException("Argon2 memory out of bounds");
    }
  }

  /** Derives {@code length} bytes. Wipes nothing of the caller's. */
  byte[] derive(byte[] passphrase, byte[] salt, int length) {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(VERSION)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build();
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] derived = new byte[length];
    generator.generateBytes(passphrase, derived);
    parameters.clear();
    return derived;
  }
}
