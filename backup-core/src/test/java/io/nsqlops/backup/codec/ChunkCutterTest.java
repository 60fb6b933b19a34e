package io.nsqlops.backup.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.backup.model.RawText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class ChunkCutterTest {
  private record Chunk(String text, long rows, @Nullable RawText last, boolean forced) {}

  @Property(tries = 50)
  void chunksAreAllRowsInOrder(
      @ForAll long seed, @ForAll @IntRange(max = 500) int count, @ForAll boolean keyed) {
    List<String> rows = rows(seed, count, 60);
    List<Chunk> chunks = cut(rows, 10, keyed);

    assertThat(String.join("", chunks.stream().map(Chunk::text).toList()))
        .isEqualTo(String.join("", rows));
    assertThat(chunks.stream().mapToLong(Chunk::rows).sum()).isEqualTo(count);
    for (Chunk chunk : chunks) {
      assertThat(chunk.text()).endsWith("\n");
      assertThat(chunk.rows()).isEqualTo(chunk.text().chars().filter(c -> c == '\n').count());
      if (keyed) {
        String lastRow = chunk.text().substring(0, chunk.text().length() - 1);
        lastRow = lastRow.substring(lastRow.lastIndexOf('\n') + 1);
        assertThat(chunk.last()).hasToString(lastRow.substring(0, lastRow.indexOf('\t')));
      } else {
        assertThat(chunk.last()).isNull();
      }
    }
  }

  @Example
  void theMeanIsTheTargetWhateverTheRowsLookLike() {
    int shift = 12;
    for (int longest : new int[] {5, 60, 1500}) {
      List<Chunk> chunks = cut(rows(longest, 6_000_000 / (longest + 12), longest), shift, true);
      double mean = chunks.stream().mapToInt(c -> c.text().length()).average().orElseThrow();
      // cut at four times the target at the latest: a little below the target itself
      assertThat(mean).as("rows up to %d", longest).isBetween(0.85 * 4096, 1.25 * 4096);
      assertThat(chunks).allMatch(c -> c.text().length() < 4 * 4096 + longest + 20);
    }
  }

  @Property(tries = 30)
  void cutsOfALargerTargetAreASubset(
      @ForAll long seed, @ForAll @IntRange(min = 8, max = 14) int s) {
    List<String> rows = rows(seed, 1500, 80);
    assertThat(natural(rows, s)).containsAll(natural(rows, s + 1));
  }

  /** Whether a row ends a chunk, by the rule alone: no row before it has a say. */
  private static List<String> natural(List<String> rows, int shift) {
    CutRule rule = new CutRule(shift);
    return rows.stream()
        .filter(
            row -> {
              byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
              return rule.endsChunk(bytes, 0, row.indexOf('\t'), bytes.length);
            })
        .toList();
  }

  @Property(tries = 40)
  void oneRowMoreOrLessChangesNoMoreThanTwoChunks(@ForAll long seed, @ForAll boolean insert) {
    List<String> rows = rows(seed, 1500, 60);
    List<Chunk> before = cut(rows, 11, true);
    List<String> changed = new ArrayList<>(rows);
    int at = new Random(seed).nextInt(rows.size());
    if (insert) {
      changed.add(at, rows.get(at).replaceFirst("\t", "x\t"));
    } else {
      changed.remove(at);
    }
    List<Chunk> gone = new ArrayList<>(before);
    List<Chunk> after = cut(changed, 11, true);
    gone.removeAll(after);
    List<Chunk> fresh = new ArrayList<>(after);
    fresh.removeAll(before);
    // behind a cut by size alone, chunks depend on where the one before began: until the next row
    // that cuts by itself
    long forced = gone.stream().filter(Chunk::forced).count();
    long nowForced = fresh.stream().filter(Chunk::forced).count();
    assertThat(gone).hasSizeLessThanOrEqualTo((int) (2 + forced));
    assertThat(fresh).hasSizeLessThanOrEqualTo((int) (2 + nowForced));
  }

  @Example
  void aChunkWithoutCutsIsCutBySizeAndSaysSo() {
    CutRule rule = new CutRule(8);
    String row =
        rows(1, 10_000, 5).stream()
            .filter(r -> natural(List.of(r), 8).isEmpty())
            .findFirst()
            .orElseThrow();
    List<Chunk> chunks = cut(java.util.Collections.nCopies(1000, row), 8, true);
    assertThat(chunks.subList(0, chunks.size() - 1))
        .allMatch(Chunk::forced)
        .allMatch(c -> c.text().length() >= rule.maxBytes())
        .allMatch(c -> c.text().length() < rule.maxBytes() + row.length());
    assertThat(chunks.get(chunks.size() - 1).forced()).isFalse();
  }

  @Example
  void aRowOfTheTargetSizeIsAChunkEnd() {
    String big = "k\t" + "x".repeat(300) + "\n";
    assertThat(natural(List.of(big), 8)).containsExactly(big);
    assertThat(cut(List.of(big, big, big), 8, true)).hasSize(3);
  }

  @Example
  void noRowsNoChunk() {
    assertThat(cut(List.of(), 10, true)).isEmpty();
  }

  @Example
  void targetsHaveBounds() {
    assertThatThrownBy(() -> new CutRule(7)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CutRule(25)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new CutRule(21).maxBytes()).isEqualTo(1 << 23);
    assertThat(new CutRule(24).maxBytes()).as("workers have room for it").isEqualTo(1 << 24);
  }

  /** Random rows with a key that grows, as a server returns them in key order. */
  private static List<String> rows(long seed, int count, int longest) {
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>();
    long key = 1_000_000;
    for (int i = 0; i < count; i++) {
      key += 1 + random.nextInt(5);
      rows.add(key + "\t" + "v".repeat(random.nextInt(longest)) + "\n");
    }
    return rows;
  }

  private static List<Chunk> cut(List<String> rows, int shift, boolean keyed) {
    List<Chunk> chunks = new ArrayList<>();
    RowBuffer buffer = new RowBuffer(16);
    ChunkCutter cutter =
        new ChunkCutter(
            buffer,
            new CutRule(shift),
            (bytes, length, count, last, forced) ->
                chunks.add(
                    new Chunk(
                        new String(bytes, 0, length, StandardCharsets.UTF_8),
                        count,
                        last,
                        forced)));
    for (String row : rows) {
      byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
      int start = cutter.buffer().length;
      CanonicalText.plain(cutter.buffer(), bytes, 0, bytes.length);
      assertThat(cutter.row(start, keyed ? start + row.indexOf('\t') : start)).isTrue();
    }
    cutter.finish();
    return chunks;
  }
}
