package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.codec.SectionJson;
import io.nsqlops.backup.model.BackupId;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import io.nsqlops.backup.store.GatedObjectStore;
import io.nsqlops.backup.store.filesystem.FilesystemObjectStore;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A repository with many backups and chunks without content, and a process that prunes it. */
final class LargeRepository {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private LargeRepository() {}

  /** Prunes the repository in this directory and prints what it came to. */
  public static void main(String[] arguments) {
    Map<String, Integer> lists = new TreeMap<>();
    int[] deletions = new int[1];
    GatedObjectStore store =
        new GatedObjectStore(
            new FilesystemObjectStore(Path.of(arguments[0])),
            (call, key) -> {
              if (call.equals("list")) {
                lists.merge(key, 1, Integer::sum);
              }
              deletions[0] += call.equals("delete") ? 1 : 0;
            },
            true);
    PruneReport report =
        Scene.prune(
            Scene.open(store),
            Clock.systemUTC(),
            Scene.keepLast(Integer.parseInt(arguments[1]), Duration.ofHours(1)));
    System.out.println("removed " + report.forecast().plan().removed().size());
    System.out.println("chunks " + report.chunks().objects());
    System.out.println("deletions " + deletions[0]);
    lists.forEach((prefix, count) -> System.out.println("lists " + prefix + " " + count));
  }

  /**
   * Each backup brings its share of the chunks and shares as many with the one before. Files are
   * written without syncing each of them.
   */
  static void create(Path directory, int backups, int chunks) throws IOException {
    MemoryObjectStore draft = new MemoryObjectStore();
    Repository repository = MemoryRepositories.unencrypted(draft);
    Random random = new Random(1);
    int share = chunks / backups;
    List<ChunkRef> before = List.of();
    for (int i = 0; i < backups; i++) {
      List<ChunkRef> own = new ArrayList<>();
      for (int c = 0; c < share; c++) {
        byte[] id = new byte[32];
        random.nextBytes(id);
        String name = HexFormat.of().formatHex(id);
        own.add(new ChunkRef(name, 1, 5000, 3, RawText.ofUtf8("" + c), false, null));
        write(directory, RepositoryLayout.chunk(name), new byte[3]);
      }
      List<ChunkRef> all = new ArrayList<>(own);
      if (i % 2 == 1) {
        all.addAll(before);
      }
      before = own;
      commit(repository, FIRST.plus(Duration.ofHours(i)), all);
      draft
          .list("")
          .toList()
          .forEach(
              o -> {
                write(directory, o.key(), draft.get(o.key()).orElseThrow());
                if (o.key().startsWith("backups/")) {
                  draft.delete(o.key());
                }
              });
    }
  }

  private static void commit(Repository repository, Instant time, List<ChunkRef> chunks) {
    String id = BackupId.create(time);
    Table table =
        new Table(
            new TableName("shop", "t"),
            List.of(new Column("id", "bigint", "")),
            1,
            true,
            RawText.ofUtf8("CREATE TABLE t"));
    byte[] section = SectionJson.write(List.of(new TableBackup(table, 21, chunks, "")));
    StoredObject stored = repository.write(RepositoryLayout.section(id, 0), section);
    StoredObject schema =
        repository.write(RepositoryLayout.schema(id), "{}".getBytes(StandardCharsets.UTF_8));
    repository.commit(
        new Manifest(
            id,
            1,
            new ServerInfo("memory", "1", "here"),
            new SnapshotPoint("time", time),
            time,
            time,
            Map.of(),
            new Manifest.Totals(1, chunks.size(), 0, 0, 0, chunks.size(), 0),
            schema,
            List.of(stored),
            List.of()));
  }

  private static void write(Path directory, String key, byte[] content) {
    try {
      Path file = directory.resolve(key);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
