package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.engine.MemoryTable;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.GatedObjectStore;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifications with a budget come past every chunk, one after another. */
class VerifyBudgetTest {
  private static final int TABLES = 10;

  private final MemoryObjectStore inner = new MemoryObjectStore();
  private final List<String> read = Collections.synchronizedList(new ArrayList<>());
  private final GatedObjectStore store =
      new GatedObjectStore(
          inner,
          (call, key) -> {
            if (call.equals("get") && key.startsWith("chunks/")) {
              read.add(key);
            }
          });
  private final Repository repository = MemoryRepositories.encrypted(store, "secret");
  private final MemoryServer server = new MemoryServer();

  @BeforeEach
  void backUp() {
    for (int i = 0; i < TABLES; i++) {
      server.add(MemoryTable.keyed(new TableName("shop", "t" + i)).filled(i, 300, 90));
    }
    MemoryScenario.backup(server, repository, 1);
    read.clear();
  }

  private VerifyFlow.Report verify(long budget) {
    return new VerifyFlow(repository, Progress.NONE).run("latest", 2, budget);
  }

  private List<ObjectInfo> chunks() {
    return inner.list("chunks/").toList();
  }

  @Test
  void inTimeAllIsRead() {
    int all = chunks().size();
    long budget = chunks().stream().mapToLong(ObjectInfo::size).sum() / 3;
    long chunks = 0;
    int runs = 0;
    while (new TreeSet<>(read).size() < all) {
      VerifyFlow.Report report = verify(budget);
      assertThat(report.damages()).isEmpty();
      assertThat(report.allChunks()).isGreaterThanOrEqualTo(all);
      assertThat(report.chunks()).isBetween(1L, report.allChunks() - 1);
      chunks += report.chunks();
      assertThat(++runs).isLessThanOrEqualTo(4);
    }
    assertThat(chunks).isBetween((long) all, all + all / 2L);
  }

  @Test
  void aLargerBudgetReadsAllAtOnce() {
    VerifyFlow.Report report = verify(Long.MAX_VALUE);
    assertThat(report.chunks()).isEqualTo(report.allChunks());
    assertThat(read).hasSize(chunks().size());
  }

  @Test
  void oneChunkIsReadWhateverTheBudget() {
    assertThat(verify(1).chunks()).isEqualTo(1);
    assertThat(verify(1).chunks()).isEqualTo(1);
  }

  @Test
  void damageIsFoundInItsTurn() {
    String victim = chunks().get(chunks().size() / 2).key();
    byte[] bytes = inner.get(victim).orElseThrow();
    bytes[bytes.length / 2] ^= 1;
    inner.put(victim, bytes);
    long found = 0;
    for (int i = 0; i < TABLES * 2; i++) {
      found += verify(1).damages().size();
    }
    assertThat(found).isGreaterThanOrEqualTo(1);
  }

  @Test
  void aCursorThatDoesNotOpenOnlyBeginsAnew() {
    verify(1);
    String cursor = inner.list("status/").toList().get(0).key();
    inner.put(cursor, new byte[40]);
    assertThat(verify(Long.MAX_VALUE).damages()).isEmpty();
    assertThat(verify(1).chunks()).isEqualTo(1);
  }
}
