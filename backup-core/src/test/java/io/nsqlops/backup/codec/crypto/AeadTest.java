package io.nsqlops.backup.codec.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AeadTest {
  private static final HexFormat HEX = HexFormat.of();

  /** AES-256 cases 13 to 16 of the GCM specification that NIST SP 800-38D refers to. */
  @ParameterizedTest
  @CsvSource({
    "JDK,13",
    "JDK,14",
    "JDK,15",
    "JDK,16",
    "NATIVE,13",
    "NATIVE,14",
    "NATIVE,15",
    "NATIVE,16"
  })
  void knownAnswers(CryptoSuite suite, int number) throws GeneralSecurityException {
    assumeAvailable(suite);
    KnownAnswer answer = KnownAnswer.of(number);
    byte[] expected = HEX.parseHex(answer.ciphertext + answer.tag);
    byte[] plain = HEX.parseHex(answer.plaintext);
    byte[] nonce = HEX.parseHex(answer.nonce);
    byte[] aad = HEX.parseHex(answer.aad);
    SecretKey key = new SecretKeySpec(HEX.parseHex(answer.key), "AES");

    assertThat(encrypt(suite, key, nonce, aad, plain)).isEqualTo(expected);
    byte[] out = new byte[plain.length];
    assertThat(suite.newAead().decrypt(key, nonce, aad, expected, 0, expected.length, out))
        .isTrue();
    assertThat(out).isEqualTo(plain);
  }

  @Property(tries = 200)
  void suitesGiveTheSameBytesAndOpenEachOthers(
      @ForAll @Size(32) byte[] keyBytes,
      @ForAll @Size(12) byte[] nonce,
      @ForAll @Size(max = 60) byte[] aad,
      @ForAll @IntRange(max = 5000) int length)
      throws GeneralSecurityException {
    assumeAvailable(CryptoSuite.NATIVE);
    SecretKey key = new SecretKeySpec(keyBytes, "AES");
    byte[] plain = pattern(length);

    byte[] jdk = encrypt(CryptoSuite.JDK, key, nonce, aad, plain);
    assertThat(encrypt(CryptoSuite.NATIVE, key, nonce, aad, plain)).isEqualTo(jdk);
    for (CryptoSuite suite : CryptoSuite.values()) {
      byte[] out = new byte[length];
      assertThat(suite.newAead().decrypt(key, nonce, aad, jdk, 0, jdk.length, out)).isTrue();
      assertThat(out).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @EnumSource(CryptoSuite.class)
  void aForgedMessageLeavesNothingBehind(CryptoSuite suite) throws GeneralSecurityException {
    assumeAvailable(suite);
    SecretKey key = new SecretKeySpec(new byte[32], "AES");
    byte[] nonce = new byte[12];
    byte[] plain = pattern(2000);
    byte[] sealed = encrypt(suite, key, nonce, new byte[0], plain);
    Aead aead = suite.newAead();
    byte[] out = new byte[plain.length];

    for (int i = 0; i < sealed.length; i += 37) {
      byte[] forged = sealed.clone();
      forged[i] ^= 4;
      assertThat(aead.decrypt(key, nonce, new byte[0], forged, 0, forged.length, out)).isFalse();
      assertThat(out).containsOnly(0);
    }
    assertThat(aead.decrypt(key, nonce, new byte[] {1}, sealed, 0, sealed.length, out)).isFalse();
    assertThat(aead.decrypt(key, nonce, new byte[0], sealed, 0, sealed.length, out)).isTrue();
    assertThat(aead.decrypt(key, nonce, new byte[0], sealed, 0, sealed.length, out)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(CryptoSuite.class)
  void respectsOffsets(CryptoSuite suite) throws GeneralSecurityException {
    assumeAvailable(suite);
    SecretKey key = new SecretKeySpec(new byte[32], "AES");
    byte[] nonce = new byte[12];
    byte[] aad = {7};
    byte[] plain = pattern(1500);
    byte[] out = new byte[1000 + 16 + 10];
    suite.newAead().encrypt(key, nonce, aad, plain, 300, 1000, out, 5);

    byte[] expected = encrypt(suite, key, nonce, aad, Arrays.copyOfRange(plain, 300, 1300));
    assertThat(Arrays.copyOfRange(out, 5, 5 + 1016)).isEqualTo(expected);
    assertThat(Arrays.copyOf(out, 5)).containsOnly(0);
    assertThat(Arrays.copyOfRange(out, 1021, 1026)).containsOnly(0);
  }

  /** HMAC-SHA256, RFC 4231 case 2 (the key padded with zeros is the same HMAC key). */
  @ParameterizedTest
  @EnumSource(CryptoSuite.class)
  void hmacKnownAnswer(CryptoSuite suite) {
    assumeAvailable(suite);
    byte[] key = Arrays.copyOf("Jefe".getBytes(StandardCharsets.US_ASCII), 32);
    byte[] data = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

    assertThat(HEX.formatHex(suite.newHmac(key).doFinal(data)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  private static byte[] encrypt(
      CryptoSuite suite, SecretKey key, byte[] nonce, byte[] aad, byte[] plain)
      throws GeneralSecurityException {
    byte[] out = new byte[plain.length + Aead.TAG_LENGTH];
    suite.newAead().encrypt(key, nonce, aad, plain, 0, plain.length, out, 0);
    return out;
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + 1);
    }
    return bytes;
  }

  private static void assumeAvailable(CryptoSuite suite) {
    assumeTrue(suite.isAvailable(), () -> "crypto suite " + suite + " does not load here");
  }

  private record KnownAnswer(
      String key, String nonce, String aad, String plaintext, String ciphertext, String tag) {

    private static final String KEY =
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    private static final String NONCE = "cafebabefacedbaddecaf888";
    private static final String PLAIN =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
    private static final String CIPHERTEXT =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";

    static KnownAnswer of(int number) {
      String zeroKey = "00".repeat(32);
      String zeroNonce = "00".repeat(12);
      return switch (number) {
        case 13 ->
            new KnownAnswer(zeroKey, zeroNonce, "", "", "", "530f8afbc74536b9a963b4f1c4cb738b");
        case 14 ->
            new KnownAnswer(
                zeroKey,
                zeroNonce,
                "",
                "00".repeat(16),
                "cea7403d4d606b6e074ec5d3baf39d18",
                "d0d1c8a799996bf0265b98b5d48ab919");
        case 15 ->
            new KnownAnswer(KEY, NONCE, "", PLAIN, CIPHERTEXT, "b094dac5d93471bdec1a502270e3cc6c");
        case 16 ->
            new KnownAnswer(
                KEY,
                NONCE,
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                PLAIN.substring(0, 120),
                CIPHERTEXT.substring(0, 120),
                "76fc6ece0f4e1768cddf8853bb2d551b");
        default -> throw new IllegalArgumentException("no case " + number);
      };
    }
  }
}
