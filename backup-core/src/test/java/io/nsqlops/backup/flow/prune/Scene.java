package io.nsqlops.backup.flow.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.engine.MemoryTable;
import io.nsqlops.backup.flow.BackupFlow;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.flow.VerifyFlow;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RetentionPolicy;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.SetClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Repositories whose backups share chunks: a backup is a version of each of a few tables. */
final class Scene {
  static final int TABLES = 4;
  static final Consumer<Forecast> SILENT = forecast -> {};

  /** Larger than what is stored inline. */
  private static final int BYTES = 5000;

  private Scene() {}

  /** A server with these contents, one chunk each. */
  static MemoryServer server(int... versions) {
    MemoryServer server = new MemoryServer();
    for (int i = 0; i < versions.length; i++) {
      MemoryTable table = MemoryTable.keyed(new TableName("shop", "t" + i));
      table.put(1, ("table " + i + " version " + versions[i] + " ").repeat(BYTES / 16));
      server.add(table);
    }
    return server;
  }

  /** Contents out of few, so that they come again. */
  static int[] versions(Random random) {
    return random.ints(TABLES, 0, 3).toArray();
  }

  static Repository open(ObjectStore store) {
    return MemoryRepositories.open(store, new ClearKeyProvider());
  }

  static Manifest backup(Repository repository, Clock clock, int... versions) {
    return new BackupFlow(server(versions), repository, clock, Progress.NONE)
        .run(new BackupFlow.Request(Selection.ALL, 1, Map.of()));
  }

  static PruneRequest keepLast(int last, Duration grace) {
    return new PruneRequest(RetentionPolicy.keepLast(last), true, grace, false, false, false);
  }

  static PruneReport prune(Repository repository, Clock clock, PruneRequest request) {
    return new PruneFlow(repository, clock, Progress.NONE).run(request, SILENT);
  }

  /** Whatever happened: what is committed has all its rows. */
  static void requireWhole(Repository repository, String when) {
    for (String id : repository.backupIds()) {
      assertThat(new VerifyFlow(repository, Progress.NONE).run(id, 1).damages())
          .as(when + ", backup " + id)
          .isEmpty();
    }
  }

  static List<String> keys(ObjectStore store, String prefix) {
    return store.list(prefix).map(ObjectInfo::key).toList();
  }

  /** After so many prunes with nothing beside them nothing is left but backups. */
  static void requireNoGarbage(ObjectStore store, SetClock clock, String when) {
    Repository repository = open(store);
    for (int i = 0; i < 2; i++) {
      clock.advance(Duration.ofDays(40));
      prune(repository, clock, keepLast(1000, Duration.ofHours(1)));
    }
    requireWhole(repository, when);
    assertThat(keys(store, "garbage/")).as(when).isEmpty();
    assertThat(keys(store, "leases/backups/")).as(when).isEmpty();
    List<String> ids = new ArrayList<>();
    keys(store, "backups/").forEach(k -> ids.add(k.split("/", -1)[1]));
    assertThat(ids.stream().distinct().toList())
        .as(when)
        .containsExactlyElementsOf(repository.backupIds());
    Survey survey = new Survey(repository, keepLast(1000, Duration.ZERO), clock.instant());
    for (int row = 0; row < survey.chunks().size(); row++) {
      assertThat(survey.chunks().isNeeded(row)).as(when).isTrue();
    }
  }
}
