package io.nsqlops.backup.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeySetTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void copiesWhatItIsGivenAndWhatItGives() {
    byte[] idKey = new byte[32];
    KeySet keys = new KeySet(idKey, Collections.emptySortedMap(), 0);
    idKey[0] = 1;
    keys.idKey()[0] = 1;

    assertThat(keys.idKey()).containsOnly(0);
  }

  @Test
  void aNewPrimaryKeepsTheOldKeyAndTheIdKey() {
    KeySet old = KeySet.generate(random);
    KeySet rotated = old.withNewPrimary(random);

    assertThat(rotated.primary()).isEqualTo(2);
    assertThat(rotated.dataKeyIds()).containsExactly(1, 2);
    assertThat(rotated.dataKey(1)).hasValue(old.dataKey(1).orElseThrow());
    assertThat(rotated.idKey()).isEqualTo(old.idKey());
    assertThat(rotated).isNotEqualTo(old);
    assertThat(old.dataKeyIds()).containsExactly(1);
  }

  @Test
  void anUnencryptedSetHasNoDataKeyAndNoRotation() {
    KeySet keys = KeySet.generateUnencrypted(random);

    assertThat(keys.encrypts()).isFalse();
    assertThat(keys.dataKey(1)).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> keys.withNewPrimary(random));
  }

  @Test
  void refusesShortKeysBadIdsAndAMissingPrimary() {
    TreeMap<Integer, byte[]> none = new TreeMap<>();
    TreeMap<Integer, byte[]> zero = new TreeMap<>(Collections.singletonMap(0, new byte[32]));
    TreeMap<Integer, byte[]> one = new TreeMap<>(Collections.singletonMap(1, new byte[32]));

    assertThatIllegalArgumentException().isThrownBy(() -> new KeySet(new byte[31], none, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeySet(new byte[32], none, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeySet(new byte[32], zero, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeySet(new byte[32], one, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeySet(new byte[32], one, 0));
  }

  @Test
  void printsNoKeyMaterial() {
    KeySet keys = KeySet.generate(random);
    String hex = HexFormat.of().formatHex(keys.idKey());

    assertThat(keys.toString())
        .isEqualTo("KeySet[data keys [1], primary 1]")
        .doesNotContain(hex.substring(0, 8));
  }

  @Test
  void equalsByContent() {
    KeySet keys = KeySet.generate(random);
    TreeMap<Integer, byte[]> dataKeys = new TreeMap<>();
    dataKeys.put(1, keys.dataKey(1).orElseThrow());
    KeySet same = new KeySet(keys.idKey(), dataKeys, 1);

    assertThat(same).isEqualTo(keys).hasSameHashCodeAs(keys);
    assertThat(KeySet.generate(random)).isNotEqualTo(keys);
  }
}
