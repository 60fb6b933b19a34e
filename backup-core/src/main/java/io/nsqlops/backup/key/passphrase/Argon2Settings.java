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
   * For new slots: what OWASP's password storage cheat sheet gives first. Every command that opens
   * a repository pays for it: measured in a cold JVM 0.19 s of CPU, against 0.37 s for 64 MiB in
   * one pass, most of the difference for memory that no pass comes back to.
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
