package io.nsqlops.backup.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link ObjectStore} must do. Each test gets a fresh, empty store. */
public abstract class ObjectStoreContract {
  private static final int WRITERS = 16;

  private ObjectStore store;

  /** An empty store with conditional puts. */
  protected abstract ObjectStore newStore() throws Exception;

  /** Enough for more than one page of a listing. */
  protected int manyObjects() {
    return 1100;
  }

  /** Of several writers at the same moment one wins; false for a server that is known to err. */
  protected boolean decidesConditionsAtomically() {
    return true;
  }

  /** False where replies get lost: then nobody knows which of two equal objects is there. */
  protected boolean tellsEqualContentsApart() {
    return true;
  }

  /** Whether a reader beside a writer sees a whole object; false for a test server that mixes. */
  protected boolean replacesAtomically() {
    return true;
  }

  @BeforeEach
  void open() throws Exception {
    store = newStore();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatIsPutIsRead() {
    store.put("chunks/ab/one", bytes("content"));

    assertThat(store.get("chunks/ab/one")).hasValue(bytes("content"));
    ObjectInfo info = store.head("chunks/ab/one").orElseThrow();
    assertThat(info.key()).isEqualTo("chunks/ab/one");
    assertThat(info.size()).isEqualTo(7);
    assertThat(info.modified())
        .isBetween(
            Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
  }

  @Test
  void putReplacesLongerAndShorterContent() {
    store.put("status/last", bytes("first"));
    store.put("status/last", bytes("a longer second"));
    assertThat(store.get("status/last")).hasValue(bytes("a longer second"));

    store.put("status/last", bytes("3"));
    assertThat(store.get("status/last")).hasValue(bytes("3"));
  }

  @Test
  void putIfAbsentCreatesOnceAndNeverReplaces() {
    assertThat(store.putIfAbsent("a", bytes("first"))).isTrue();
    assertThat(store.putIfAbsent("a", bytes("second"))).isFalse();
    assertThat(store.putIfAbsent("a", bytes("first")) && tellsEqualContentsApart()).isFalse();

    assertThat(store.get("a")).hasValue(bytes("first"));
  }

  @Test
  void ofManyWritersOfOneKeyExactlyOneWins() throws Exception {
    assumeTrue(decidesConditionsAtomically(), "this server lets two writers win at times");
    for (int round = 0; round < 5; round++) {
      String key = "race/" + round;
      List<Callable<Boolean>> writers =
          IntStream.range(0, WRITERS)
              .<Callable<Boolean>>mapToObj(i -> () -> store.putIfAbsent(key, contentOf(i)))
              .toList();

      List<Boolean> created = inParallel(writers);
      assertThat(created).containsOnlyOnce(true);
      assertThat(store.get(key)).hasValue(contentOf(created.indexOf(true)));
    }
  }

  @Test
  void manyWritersOfManyKeysLoseNothing() throws Exception {
    List<Callable<Boolean>> writers =
        IntStream.range(0, WRITERS)
            .<Callable<Boolean>>mapToObj(i -> () -> store.putIfAbsent("x/y/" + i, contentOf(i)))
            .toList();

    assertThat(inParallel(writers)).containsOnly(true);
    for (int i = 0; i < WRITERS; i++) {
      assertThat(store.get("x/y/" + i)).hasValue(contentOf(i));
    }
  }

  @Test
  void readersSeeOldOrNewContentNeverAMixture() throws Exception {
    assumeTrue(replacesAtomically(), "this test server mixes old and new content");
    byte[] zeros = new byte[200_000];
    byte[] ones = new byte[300_000];
    Arrays.fill(ones, (byte) 1);
    store.put("flip", zeros);
    Callable<Boolean> writer =
        () -> {
          for (int i = 0; i < 8; i++) {
            store.put("flip", i % 2 == 0 ? ones : zeros);
          }
          return true;
        };
    Callable<Boolean> reader =
        () -> {
          for (int i = 0; i < 8; i++) {
            byte[] seen = store.get("flip").orElseThrow();
            if (!Arrays.equals(seen, ones) && !Arrays.equals(seen, zeros)) {
              return false;
            }
          }
          return true;
        };

    assertThat(inParallel(List.of(writer, reader, reader))).containsOnly(true);
  }

  @Test
  void whatIsMissingIsEmptyNotAnError() {
    store.put("dir/file", bytes("x"));

    for (String missing : List.of("no", "dir", "dir/file/below", "dir/fil", "no/such/dir/file")) {
      assertThat(store.get(missing)).as(missing).isEmpty();
      assertThat(store.head(missing)).as(missing).isEmpty();
    }
    assertThat(keys("nothing/here/")).isEmpty();
    assertThat(keys("dir/file/")).isEmpty();
  }

  @Test
  void anEmptyStoreListsNothing() {
    assertThat(keys("")).isEmpty();
    assertThat(store.get("nsql-ops.json")).isEmpty();
  }

  @Test
  void deleteIsIdempotentAndFreesTheKey() {
    store.put("a/b", bytes("1"));
    store.delete("a/b");
    store.delete("a/b");
    store.delete("never/was");

    assertThat(store.get("a/b")).isEmpty();
    assertThat(keys("")).isEmpty();
    assertThat(store.putIfAbsent("a/b", bytes("2"))).isTrue();
    assertThat(store.get("a/b")).hasValue(bytes("2"));
  }

  @Test
  void emptyObjectsAreObjects() {
    assertThat(store.putIfAbsent("empty", new byte[0])).isTrue();
    assertThat(store.putIfAbsent("empty", new byte[0]) && tellsEqualContentsApart()).isFalse();

    assertThat(store.get("empty")).hasValue(new byte[0]);
    assertThat(store.head("empty").orElseThrow().size()).isZero();
    assertThat(keys("")).containsExactly("empty");
  }

  @Test
  void objectsOf32MebibytesPass() {
    byte[] big = new byte[32 << 20];
    new Random(7).nextBytes(big);

    assertThat(store.putIfAbsent("big", big)).isTrue();
    assertThat(store.get("big").orElseThrow()).isEqualTo(big);
    assertThat(store.putIfAbsent("big", big) && tellsEqualContentsApart()).isFalse();
    assertThat(store.head("big").orElseThrow().size()).isEqualTo(32 << 20);
  }

  @Test
  void listsByPrefixInKeyOrder() {
    List<String> put =
        List.of("b/2", "b/10", "b-1", "b.x", "b0", "b_", "a/z/9", "a/z-8", "B/1", "b/2-x", "c");
    put.forEach(key -> store.put(key, bytes(key)));
    List<String> sorted = put.stream().sorted().toList();

    assertThat(keys("")).containsExactlyElementsOf(sorted);
    for (String prefix : List.of("b", "b/", "b/2", "a/z", "a/z/", "a/z-8", "B", "x", "c")) {
      assertThat(keys(prefix))
          .as(prefix)
          .containsExactlyElementsOf(sorted.stream().filter(k -> k.startsWith(prefix)).toList());
    }
  }

  @Test
  void listsMoreThanOnePageAndLazily() throws Exception {
    int count = manyObjects();
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = "p%d/%04d".formatted(i % 3, i);
      writers.add(() -> store.putIfAbsent(key, bytes(key)));
    }
    inParallel(writers);

    List<String> listed = keys("");
    assertThat(listed).hasSize(count).isSorted().doesNotHaveDuplicates();
    assertThat(keys("p1/")).hasSize((count + 1) / 3).allMatch(key -> key.startsWith("p1/"));
    try (Stream<ObjectInfo> first = store.list("")) {
      assertThat(first.limit(5).map(ObjectInfo::key))
          .containsExactlyElementsOf(listed.subList(0, 5));
    }
    try (Stream<ObjectInfo> all = store.list("p2/")) {
      all.forEach(object -> store.delete(object.key()));
    }
    assertThat(keys("p2/")).isEmpty();
  }

  @Test
  void oddKeysAreKeysLikeAnyOther() {
    List<String> odd =
        List.of(".hidden", "-rf", "a..b", "...", "_", "..x/.y", "0", "a".repeat(200) + "/b", "CON");
    odd.forEach(key -> assertThat(store.putIfAbsent(key, bytes(key))).as(key).isTrue());

    odd.forEach(key -> assertThat(store.get(key)).as(key).hasValue(bytes(key)));
    assertThat(keys("")).containsExactlyElementsOf(odd.stream().sorted().toList());
  }

  @Test
  void refusesWhatIsNoKey() {
    for (String bad :
        List.of("", "/a", "a/", "a//b", "..", "a/../b", "./a", "a b", "ä", "~tmp/x")) {
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> store.put(bad, new byte[0]));
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> store.get(bad));
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> store.delete(bad));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> keys("../"));
  }

  @Test
  void theCallersArrayIsNotKept() {
    byte[] content = bytes("abc");
    store.put("k", content);
    content[0] = 'X';
    store.get("k").orElseThrow()[1] = 'X';

    assertThat(store.get("k")).hasValue(bytes("abc"));
  }

  @Test
  void probeFindsConditionalPutsAndLeavesNothing() {
    assertThat(store.probe().conditionalPut()).isTrue();

    assertThat(keys("")).isEmpty();
  }

  @Test
  void theLocationNamesThePlace() {
    assertThat(store.location()).isNotBlank();
  }

  private List<String> keys(String prefix) {
    try (Stream<ObjectInfo> objects = store.list(prefix)) {
      return objects.map(ObjectInfo::key).toList();
    }
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return Collections.unmodifiableList(results);
    } finally {
      threads.shutdownNow();
    }
  }

  private static byte[] contentOf(int writer) {
    byte[] content = new byte[100_000 + writer];
    Arrays.fill(content, (byte) writer);
    return content;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
