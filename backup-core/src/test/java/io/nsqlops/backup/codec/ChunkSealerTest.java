package io.nsqlops.backup.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.nsqlops.backup.codec.crypto.CryptoSuite;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.KeySet;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChunkSealerTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String KEY = "chunks/ab/abcdef";
  private static final byte[] ROWS =
      "1\tAda\n2\tGrace\n".repeat(20).getBytes(StandardCharsets.UTF_8);

  private final KeySet keys = KeySet.generate(RANDOM);

  @Property(tries = 100)
  void whatIsSealedOpensInEitherSuite(
      @ForAll byte[] plain, @ForAll @IntRange(max = 300_000) int zeros, @ForAll boolean encrypted) {
    KeySet set = encrypted ? keys : KeySet.generateUnencrypted(RANDOM);
    byte[] padded = Arrays.copyOf(plain, plain.length + zeros);
    for (CryptoSuite sealing : CryptoSuite.values()) {
      for (CryptoSuite opening : CryptoSuite.values()) {
        try (ChunkSealer sealer = new Sealing("repo", set, available(sealing)).newSealer();
            ChunkSealer opener = new Sealing("repo", set, available(opening)).newSealer()) {
          byte[] sealed = sealer.seal(KEY, padded, 0, padded.length);
          assertThat(opener.open(KEY, sealed)).isEqualTo(padded);
          assertThat(opener.open(KEY, sealed)).isEqualTo(padded);
        }
      }
    }
  }

  @Test
  void sealsASliceAndCompressesIt() {
    try (ChunkSealer sealer = sealer(keys)) {
      byte[] sealed = sealer.seal(KEY, ROWS, 14, 28);
      assertThat(sealer.open(KEY, sealed)).isEqualTo(Arrays.copyOfRange(ROWS, 14, 42));
      assertThat(sealer.seal(KEY, new byte[1 << 20], 0, 1 << 20)).hasSizeLessThan(1000);
      assertThat(sealer.seal(KEY, ROWS, 14, 28)).isNotEqualTo(sealed);
    }
  }

  @Test
  void everyFlippedByteAndEveryTruncationIsFound() {
    try (ChunkSealer sealer = sealer(keys)) {
      byte[] sealed = sealer.seal(KEY, ROWS, 0, ROWS.length);
      for (int i = 0; i < sealed.length; i++) {
        byte[] flipped = sealed.clone();
        flipped[i] ^= (byte) (1 << (i % 8));
        assertDamaged(sealer, KEY, flipped);
        assertDamaged(sealer, KEY, Arrays.copyOf(sealed, i));
      }
      assertDamaged(sealer, KEY, Arrays.copyOf(sealed, sealed.length + 1));
      assertThat(sealer.open(KEY, sealed)).isEqualTo(ROWS);
    }
  }

  @Test
  void withoutEncryptionAFlippedByteNeverChangesTheContentUnnoticed() {
    try (ChunkSealer sealer = sealer(KeySet.generateUnencrypted(RANDOM))) {
      byte[] sealed = sealer.seal(KEY, ROWS, 0, ROWS.length);
      for (int i = 0; i < sealed.length; i++) {
        byte[] flipped = sealed.clone();
        flipped[i] ^= (byte) (1 << (i % 8));
        try {
          assertThat(sealer.open(KEY, flipped)).isEqualTo(ROWS);
        } catch (OpsException e) {
          assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
        }
        assertDamaged(sealer, KEY, Arrays.copyOf(sealed, i));
      }
      assertDamaged(sealer, KEY, Arrays.copyOf(sealed, sealed.length + 1));
    }
  }

  @Test
  void anObjectOpensOnlyUnderItsNameAndInItsRepository() {
    try (ChunkSealer sealer = sealer(keys);
        ChunkSealer other = new Sealing("other", keys, CryptoSuite.JDK).newSealer()) {
      byte[] sealed = sealer.seal(KEY, ROWS, 0, ROWS.length);
      assertDamaged(sealer, "chunks/ab/abcdee", sealed);
      assertDamaged(other, KEY, sealed);
    }
  }

  @Test
  void anEncryptedRepositoryRefusesObjectsThatAreNot() {
    try (ChunkSealer encrypted = sealer(keys);
        ChunkSealer clear = sealer(KeySet.generateUnencrypted(RANDOM))) {
      assertDamaged(encrypted, KEY, clear.seal(KEY, ROWS, 0, ROWS.length));
      assertDamaged(clear, KEY, encrypted.seal(KEY, ROWS, 0, ROWS.length));
    }
  }

  @Test
  void rotationKeepsOldObjectsReadableAndSealsNewOnesWithTheNewKey() {
    KeySet rotated = keys.withNewPrimary(RANDOM);
    try (ChunkSealer before = sealer(keys);
        ChunkSealer after = sealer(rotated)) {
      assertThat(after.open(KEY, before.seal(KEY, ROWS, 0, ROWS.length))).isEqualTo(ROWS);
      assertDamaged(before, KEY, after.seal(KEY, ROWS, 0, ROWS.length));
    }
  }

  @Test
  void refusesToInflateBeyondTheLimit() {
    byte[] zeros = new byte[100_001];
    try (ChunkSealer sealer = sealer(keys);
        ChunkSealer strict = new Sealing("repo", keys, CryptoSuite.JDK, 100_000).newSealer()) {
      byte[] sealed = sealer.seal(KEY, zeros, 0, zeros.length);
      OpsException e = catchThrowableOfType(OpsException.class, () -> strict.open(KEY, sealed));
      assertThat(e.getMessage()).contains("100001").contains(KEY);
      assertThat(strict.open(KEY, sealer.seal(KEY, zeros, 0, 100_000))).hasSize(100_000);
    }
  }

  @Test
  void refusesAFrameThatHidesItsSizeOrIsFollowedByAnother() {
    byte[] header = SealedFormat.header(SealedFormat.NONE, 0, new byte[12]);
    byte[] frame = Zstd.compress(ROWS);
    byte[] empty = Zstd.compress(new byte[0]);
    byte[] unknownSize = withoutContentSize();
    try (ChunkSealer sealer = sealer(KeySet.generateUnencrypted(RANDOM))) {
      assertThat(sealer.open(KEY, concat(header, frame))).isEqualTo(ROWS);
      assertDamaged(sealer, KEY, concat(header, frame, empty));
      assertDamaged(sealer, KEY, concat(header, unknownSize));
      assertDamaged(sealer, KEY, concat(header, ROWS));
    }
  }

  @Test
  void theLayoutIsTheDocumentedOne() {
    try (ChunkSealer sealer = sealer(keys)) {
      ByteBuffer sealed = ByteBuffer.wrap(sealer.seal(KEY, ROWS, 0, ROWS.length));
      assertThat(sealed.getInt(0)).isEqualTo(0x4e535101);
      assertThat(sealed.get(4)).isEqualTo((byte) 1);
      assertThat(sealed.getInt(5)).isEqualTo(1);
    }
  }

  @Test
  void idsAreKeyedAndStable() {
    KeySet zero = new KeySet(new byte[32], new TreeMap<>(), 0);
    for (CryptoSuite suite : CryptoSuite.values()) {
      ObjectDigest digest = new Sealing("repo", zero, available(suite)).newDigest();
      byte[] padded = "..rows..".getBytes(StandardCharsets.US_ASCII);
      // printf rows | openssl dgst -sha256 -mac HMAC -macopt hexkey:00…00
      assertThat(digest.id(padded, 2, 4))
          .isEqualTo(HMAC_OF_ROWS)
          .isEqualTo(digest.id(padded, 2, 4));
    }
    ObjectDigest other = new Sealing("repo", keys, CryptoSuite.JDK).newDigest();
    assertThat(other.id("rows".getBytes(StandardCharsets.US_ASCII), 0, 4))
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(HMAC_OF_ROWS);
  }

  private static final String HMAC_OF_ROWS =
      "442f6839a2f8b9e62b4d02114b0efeebd40620e715d91198a9ec5d6b3dede045";

  private static void assertDamaged(ChunkSealer sealer, String key, byte[] sealed) {
    OpsException e = catchThrowableOfType(OpsException.class, () -> sealer.open(key, sealed));
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(e.object()).isEqualTo(key);
    assertThat(e.getMessage()).contains(key);
  }

  private static byte[] withoutContentSize() {
    try (var ctx = new ZstdCompressCtx()) {
      return ctx.setContentSize(false).compress(ROWS);
    }
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static ChunkSealer sealer(KeySet keys) {
    return new Sealing("repo", keys, CryptoSuite.JDK).newSealer();
  }

  private static CryptoSuite available(CryptoSuite suite) {
    return suite.isAvailable() ? suite : CryptoSuite.JDK;
  }
}
