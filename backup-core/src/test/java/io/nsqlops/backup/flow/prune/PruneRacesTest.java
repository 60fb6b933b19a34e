package io.nsqlops.backup.flow.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RetentionPolicy;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.SetClock;
import io.nsqlops.backup.store.StoreCapabilities;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two backups and two prunes at once, their store calls interleaved in an order drawn from a seed;
 * some are killed, some sleep until their leases have run out. No committed backup loses a chunk.
 */
class PruneRacesTest {
  private static final int RACES = 1000;
  private static final int QUICK_RACES = 60;

  /** A race without kills and pauses: then backups must succeed too. */
  private static boolean isCalm(int seed) {
    return seed % 3 == 0;
  }

  @Test
  void noCommittedBackupLosesAChunk() throws InterruptedException {
    for (int seed = RACES; seed < RACES + QUICK_RACES; seed++) {
      new Race(seed, true).run(new TreeMap<>());
    }
  }

  @Test
  @Tag("slow")
  void norInAThousandRaces() throws InterruptedException {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int seed = 0; seed < RACES; seed++) {
      new Race(seed, true).run(outcomes);
    }
    assertThat(outcomes)
        .as("the races meet what they are for")
        .containsKeys(
            "backup committed",
            "backup given up",
            "prune done",
            "prune waits for a backup",
            "prune locked",
            "chunk stored under another name");
  }

  /** Without conditional puts a silent backup is fenced later, but the rest is the same. */
  @Test
  void norWithoutConditionalPuts() throws InterruptedException {
    for (int seed = 0; seed < QUICK_RACES; seed++) {
      new Race(seed, false).run(new TreeMap<>());
    }
  }

  private static final class Race {
    private final int seed;
    private final Random random;
    private final SetClock clock = new SetClock();
    private final MemoryObjectStore store;
    private final Turnstile turnstile;
    private final Map<String, String> ends = new TreeMap<>();

    Race(int seed, boolean conditionalPut) {
      this.seed = seed;
      this.random = new Random(seed);
      this.store = new MemoryObjectStore(new StoreCapabilities(conditionalPut), clock);
      this.turnstile = new Turnstile(random, this::time);
    }

    /** Now and then everybody sleeps past the life of a lease. */
    private void time() {
      if (!isCalm(seed) && random.nextInt(60) == 0) {
        clock.advance(Duration.ofMinutes(20));
      }
    }

    void run(Map<String, Integer> outcomes) throws InterruptedException {
      Repository clean = MemoryRepositories.unencrypted(store);
      for (int i = 0; i < 3; i++) {
        Scene.backup(clean, clock, Scene.versions(random));
        clock.advance(Duration.ofHours(1));
      }
      if (random.nextBoolean()) {
        // leaves chunks that no backup names
        store.delete("backups/" + clean.backupIds().get(0) + "/manifest");
      }
      Map<String, Runnable> actors = new LinkedHashMap<>();
      for (String name : new String[] {"backup one", "backup two"}) {
        int[] versions = Scene.versions(random);
        actors.put(name, () -> Scene.backup(opened(name), clock, versions));
      }
      for (String name : new String[] {"prune one", "prune two"}) {
        PruneRequest request =
            new PruneRequest(
                RetentionPolicy.keepLast(1),
                true,
                Duration.ZERO,
                false,
                false,
                !isCalm(seed) && random.nextInt(4) == 0);
        actors.put(name, () -> waited(name, Scene.prune(opened(name), clock, request)));
      }
      actors.replaceAll((name, actor) -> () -> told(name, actor));
      if (!isCalm(seed)) {
        actors.keySet().stream()
            .filter(name -> random.nextInt(4) == 0)
            .forEach(name -> turnstile.kill(name, random.nextInt(60)));
      }
      turnstile.race(actors);
      check(clean, outcomes);
    }

    private Repository opened(String actor) {
      ObjectStore seen = turnstile.through(store, actor);
      return Scene.open(seen);
    }

    private void waited(String name, PruneReport report) {
      if (report.waiting().objects() > 0) {
        end(name, "waits for a backup");
      }
    }

    private void told(String name, Runnable actor) {
      try {
        actor.run();
        end(name, name.startsWith("backup") ? "committed" : "done");
      } catch (OpsException e) {
        boolean givenUp = String.valueOf(e.getMessage()).contains("gave this backup up");
        end(
            name,
            turnstile.killed(name)
                ? "killed"
                : e.kind() == ErrorKind.LOCKED ? "locked" : givenUp ? "given up" : "failed: " + e);
      } catch (RuntimeException e) {
        end(name, "failed: " + e);
      }
    }

    private synchronized void end(String name, String how) {
      ends.putIfAbsent(name, how);
    }

    private void check(Repository clean, Map<String, Integer> outcomes) {
      String when = "seed " + seed + ", " + ends + "\n" + turnstile.history() + "\n";
      Scene.requireWhole(clean, when);
      ends.forEach(
          (name, how) -> {
            assertThat(how).as(when).doesNotStartWith("failed");
            if (isCalm(seed) && name.startsWith("backup")) {
              assertThat(how).as(when).isEqualTo("committed");
            }
            outcomes.merge(name.split(" ", -1)[0] + " " + how, 1, Integer::sum);
          });
      if (Scene.keys(store, "chunks/").stream().anyMatch(key -> key.contains("."))) {
        outcomes.merge("chunk stored under another name", 1, Integer::sum);
      }
      // what was killed is swept up, and so is what had to wait
      clock.advance(Duration.ofHours(30));
      Scene.prune(clean, clock, Scene.keepLast(2, Duration.ZERO));
      Scene.requireWhole(clean, "after the next prune, " + when);
      Scene.requireNoGarbage(store, clock, when);
    }
  }
}
