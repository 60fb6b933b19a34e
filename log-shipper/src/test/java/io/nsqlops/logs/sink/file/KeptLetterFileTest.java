package io.nsqlops.logs.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.sink.DeadLetter;
import io.nsqlops.logs.sink.KeptLetters;
import io.nsqlops.logs.sink.KeptLetters.Kept;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptLetterFileTest {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
  private static final Clock CLOCK = Clock.fixed(THEN, ZoneOffset.UTC);

  @TempDir Path dir;
  private Path file;
  private DeadLetterFile shipper;

  @BeforeEach
  void create() {
    file = dir.resolve(DeadLetterFile.NAME);
    shipper = new DeadLetterFile(file, CLOCK);
  }

  @Test
  void readsWhatWasKept() {
    DeadLetter letter =
        new DeadLetter(
            400, "t", "a \"reason\"", "{\"create\":{}}", "{\"d\":\"\\n\"}", "li\tne\nand 2");
    shipper.keep(List.of(letter));
    try (KeptLetterFile kept = KeptLetterFile.toRead(file)) {
      Optional<Kept> read = kept.next();
      assertThat(read).map(Kept::letter).contains(letter);
      assertThat(read).map(Kept::keptAt).contains(THEN);
      assertThat(kept.next()).isEmpty();
      assertThat(kept.unreadable()).isZero();
    }
  }

  @Test
  void noFileIsNoLetters() {
    try (KeptLetterFile read = KeptLetterFile.toRead(file);
        KeptLetterFile replay = KeptLetterFile.toReplay(file, CLOCK)) {
      assertThat(read.next()).isEmpty();
      assertThat(replay.next()).isEmpty();
    }
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void whatIsSettledLeavesAndWhatIsRefusedAgainStays() throws Exception {
    shipper.keep(letters(0, 10));
    try (KeptLetterFile replay = KeptLetterFile.toReplay(file, CLOCK)) {
      List<Kept> first = take(replay, 4);
      replay.settle(first, List.of(letter(2, "another reason")));
    }
    List<Kept> left = all();
    assertThat(numbers(left)).containsExactly(4, 5, 6, 7, 8, 9, 2);
    assertThat(left.get(6).letter().reason()).isEqualTo("another reason");
  }

  @Test
  void aFileWithoutLettersIsNone() {
    shipper.keep(letters(0, 3));
    try (KeptLetterFile replay = KeptLetterFile.toReplay(file, CLOCK)) {
      replay.settle(take(replay, 3), List.of());
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void aShipperMayKeepMoreAtAnyTime() throws Exception {
    shipper.keep(letters(0, 3));
    try (KeptLetterFile replay = KeptLetterFile.toReplay(file, CLOCK)) {
      List<Kept> one = take(replay, 1);
      shipper.keep(letters(10, 11));
      replay.settle(one, List.of());
      shipper.keep(letters(11, 12));
      List<Kept> rest = take(replay, 9);
      assertThat(numbers(rest)).containsExactly(1, 2);
      replay.settle(rest, List.of(letter(2, "again")));
    }
    shipper.keep(letters(12, 13));
    assertThat(numbers(all())).containsExactly(10, 11, 2, 12);
  }

  /** As a replay that is killed leaves the file. */
  @Test
  void whatWasSettledIsNotMetAgainAfterAKill() throws Exception {
    shipper.keep(letters(0, 6));
    List<Kept> settled;
    try (KeptLetterFile copied = KeptLetterFile.toReplay(file, CLOCK)) {
      settled = take(copied, 3);
      copied.settle(settled, List.of(letter(1, "again")));
      Files.copy(file, dir.resolve("as-killed"));
    }
    Files.move(dir.resolve("as-killed"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(numbers(all())).containsExactly(3, 4, 5, 1);
    try (KeptLetterFile next = KeptLetterFile.toReplay(file, CLOCK)) {
      assertThat(numbers(take(next, 9))).containsExactly(3, 4, 5, 1);
    }
    assertThat(Files.readAllLines(file)).hasSize(4);
  }

  @Test
  void whatIsNoLetterStaysAndIsCounted() throws Exception {
    shipper.keep(letters(0, 1));
    Files.writeString(file, "no letter\n\n{\"action\":\"\"}\n", StandardOpenOption.APPEND);
    shipper.keep(letters(1, 2));
    Files.writeString(file, "{\"@timestamp\":\"20", StandardOpenOption.APPEND);
    try (KeptLetterFile replay = KeptLetterFile.toReplay(file, CLOCK)) {
      List<Kept> both = take(replay, 9);
      assertThat(numbers(both)).containsExactly(0, 1);
      assertThat(replay.unreadable()).isEqualTo(2);
      replay.settle(both, List.of());
    }
    assertThat(Files.readAllLines(file)).startsWith("no letter", "{\"action\":\"\"}");
  }

  @Test
  void oneReplayAtATime() {
    shipper.keep(letters(0, 1));
    try (KeptLetterFile first = KeptLetterFile.toReplay(file, CLOCK)) {
      assertThatThrownBy(() -> KeptLetterFile.toReplay(file, CLOCK))
          .isInstanceOfSatisfying(
              LogsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED));
      assertThat(first.next()).isPresent();
    }
    try (KeptLetterFile second = KeptLetterFile.toReplay(file, CLOCK)) {
      assertThat(second.next()).isPresent();
    }
  }

  @Test
  void lettersOfAnySizeAreRead() throws Exception {
    String large = "x".repeat(200_000);
    shipper.keep(List.of(letter(0, large), letter(1, "r"), letter(2, large)));
    assertThat(all()).extracting(k -> k.letter().reason()).containsExactly(large, "r", large);
  }

  private List<Kept> all() {
    try (KeptLetterFile kept = KeptLetterFile.toRead(file)) {
      return take(kept, Integer.MAX_VALUE);
    }
  }

  private static List<Kept> take(KeptLetters kept, int most) {
    List<Kept> taken = new ArrayList<>();
    while (taken.size() < most) {
      Optional<Kept> next = kept.next();
      if (next.isEmpty()) {
        break;
      }
      taken.add(next.get());
    }
    return taken;
  }

  private static List<Integer> numbers(List<Kept> letters) {
    return letters.stream().map(k -> Integer.valueOf(k.letter().original())).toList();
  }

  private static List<DeadLetter> letters(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> letter(i, "reason")).toList();
  }

  private static DeadLetter letter(int number, String reason) {
    String action = "{\"create\":{\"_index\":\"logs-x-y\",\"_id\":\"" + number + "\"}}";
    String text = new String(new byte[] {(byte) ('0' + number % 10)}, StandardCharsets.US_ASCII);
    return new DeadLetter(
        400, "t", reason, action, "{\"d\":\"" + text + "\"}", String.valueOf(number));
  }
}
