package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.engine.MemoryTable;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.passphrase.CheapPassphrase;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.GatedObjectStore;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was found damaged is stored again by the next backup, and the older ones are whole again.
 */
class DamagedChunkTest {
  private static final TableName NAME = new TableName("shop", "items");

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final Repository repository = MemoryRepositories.encrypted(store, "secret");
  private final MemoryServer server =
      new MemoryServer().add(MemoryTable.keyed(NAME).filled(1, 300, 90));

  private Manifest backup() {
    return MemoryScenario.backup(server, repository, 1);
  }

  private List<VerifyFlow.Damage> damages(String id) {
    return new VerifyFlow(repository, Progress.NONE).run(id, 1).damages();
  }

  private List<String> chunks() {
    return store.list("chunks/").map(ObjectInfo::key).toList();
  }

  private void flip(String key) {
    byte[] bytes = store.get(key).orElseThrow();
    bytes[bytes.length / 2] ^= 1;
    store.put(key, bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flipped", "missing", "of another chunk"})
  void theNextBackupMendsIt(String how) {
    server.add(MemoryTable.keyed(new TableName("shop", "others")).filled(2, 300, 90));
    Manifest first = backup();
    String victim = chunks().get(0);
    Consumer<String> harm =
        switch (how) {
          case "flipped" -> this::flip;
          case "missing" -> store::delete;
          default -> key -> store.put(key, store.get(chunks().get(1)).orElseThrow());
        };
    harm.accept(victim);

    assertThat(damages(first.id())).hasSize(1);
    assertThat(damages(first.id())).as("told again").hasSize(1);
    Manifest second = backup();

    assertThat(second.totals().newChunks()).isEqualTo(1);
    assertThat(chunks()).contains(victim + ".1");
    assertThat(damages(second.id())).isEmpty();
    assertThat(damages(first.id())).isEmpty();
    assertThat(backup().totals().newChunks()).as("once is enough").isZero();
  }

  @Test
  void aCopyThatIsDamagedTooIsMendedOnceMore() {
    Manifest first = backup();
    String victim = chunks().get(0);
    flip(victim);
    damages(first.id());
    backup();
    flip(victim + ".1");
    assertThat(damages(first.id())).hasSize(1);
    backup();

    assertThat(chunks()).contains(victim + ".2");
    assertThat(damages(first.id())).isEmpty();
  }

  @Test
  void aStoreThatTakesNothingStillGetsItsReport() {
    Manifest first = backup();
    flip(chunks().get(0));
    Repository readOnly =
        MemoryRepositories.open(
            new GatedObjectStore(
                store,
                (call, key) -> {
                  if (call.equals("create") || call.equals("put")) {
                    throw new OpsException(ErrorKind.USAGE, key, "not allowed", "ask for it");
                  }
                }),
            CheapPassphrase.of("secret"));
    List<String> warnings = new ArrayList<>();

    assertThat(new VerifyFlow(readOnly, new Warnings(warnings)).run(first.id(), 1).damages())
        .hasSize(1);
    assertThat(warnings).hasSize(1).first().asString().contains("not allowed");
  }
}
