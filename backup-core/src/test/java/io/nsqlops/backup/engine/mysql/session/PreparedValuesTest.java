package io.nsqlops.backup.engine.mysql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.codec.CanonicalText;
import io.nsqlops.backup.codec.RowBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedValuesTest {
  private final Prepared.Values values = new Prepared.Values(1 << 30);

  @Property
  void rowsOfAnyBytes(
      @ForAll @Size(min = 1, max = 20) List<@Size(min = 1, max = 9) List<byte[]>> rows) {
    values.clear();
    List<byte[]> expected = new ArrayList<>();
    RowBuffer text = new RowBuffer(16);
    for (List<byte[]> row : rows) {
      addRow(text, row, expected);
    }
    addAll(text);
    assertThat(read(expected.size())).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 250, 251, 0xffff, 0x10000, 0xffffff, 0x1000000})
  void stringsOfAnyLength(int length) {
    byte[] plain = new byte[length];
    Arrays.fill(plain, (byte) 'x');
    byte[] escaped = plain.clone();
    if (length > 0) {
      escaped[length / 2] = '\t';
    }
    List<byte[]> expected = new ArrayList<>();
    RowBuffer text = new RowBuffer(16);
    addRow(text, List.of(plain, escaped, new byte[0]), expected);
    addAll(text);
    assertThat(read(3)).containsExactlyElementsOf(expected);
  }

  @Property
  void nullsBesideTextThatLooksLikeThem(@ForAll @Size(min = 1, max = 99) List<Boolean> nulls) {
    values.clear();
    RowBuffer text = new RowBuffer(16);
    for (boolean isNull : nulls) {
      if (isNull) {
        CanonicalText.nul(text);
      } else {
        CanonicalText.string(text, new byte[] {'\\', 'N'}, 0, 2);
      }
      end(text, '\t');
    }
    text.bytes[text.length - 1] = '\n';
    addAll(text);
    for (int i = 0; i < nulls.size(); i++) {
      assertThat(values.nulls.get(i)).isEqualTo(nulls.get(i));
    }
    int strings = (int) nulls.stream().filter(n -> !n).count();
    assertThat(read(strings)).allMatch(s -> Arrays.equals(s, new byte[] {'\\', 'N'}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789\\n", "01234\\\\t67890\\n", "01\\\\t3\\t456789\\n"})
  void whatIsTooLongIsNotCopied(String row) {
    Prepared.Values few = new Prepared.Values(8);
    byte[] text = row.replace("\\n", "\n").replace("\\t", "\t").getBytes(StandardCharsets.US_ASCII);
    assertThat(few.addRow(text, 0, text.length)).isEqualTo(-1);
    assertThat(few.length()).isLessThanOrEqualTo(10);
    few.clear();
    assertThat(few.addRow(new byte[] {'1', '\n'}, 0, 2)).isEqualTo(2);
  }

  private static void addRow(RowBuffer text, List<byte[]> row, List<byte[]> expected) {
    for (byte[] value : row) {
      CanonicalText.string(text, value, 0, value.length);
      end(text, '\t');
      expected.add(value);
    }
    text.bytes[text.length - 1] = '\n';
  }

  private static void end(RowBuffer text, char with) {
    text.ensure(1);
    text.bytes[text.length++] = (byte) with;
  }

  private void addAll(RowBuffer text) {
    for (int at = 0; at < text.length; ) {
      at = values.addRow(text.bytes, at, text.length);
    }
  }

  /** As a server reads them. */
  private List<byte[]> read(int count) {
    List<byte[]> strings = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < count; i++) {
      int first = values.strings.bytes[at++] & 0xff;
      int more = first < 0xfb ? 0 : first == 0xfe ? 8 : first - 0xfa;
      long length = more == 0 ? first : 0;
      for (int j = 0; j < more; j++) {
        length |= (values.strings.bytes[at++] & 0xffL) << (8 * j);
      }
      strings.add(Arrays.copyOfRange(values.strings.bytes, at, at + (int) length));
      at += (int) length;
    }
    assertThat(at).isEqualTo(values.length());
    return strings;
  }
}
