package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.read.DumpFile;
import io.nsqlops.backup.error.OpsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that may need each other in whatever order: tried again while any succeeds. */
final class RetriedFiles {
  private final ScriptReplay replay;
  private final DatabaseNames names;

  RetriedFiles(ScriptReplay replay, DatabaseNames names) {
    this.replay = replay;
    this.names = names;
  }

  /** Runs them; says which statements failed in the end, and why. */
  List<String> run(List<DumpFile> files) {
    Map<DumpFile, Attempts> all = new LinkedHashMap<>();
    files.forEach(f -> all.put(f, new Attempts()));
    int before;
    do {
      before = succeeded(all);
      all.forEach(
          (file, attempts) -> {
            attempts.again();
            replay.file(file, names.of(file), attempts);
          });
    } while (failed(all) && succeeded(all) > before);
    return all.values().stream()
        .flatMap(a -> a.failures().stream())
        .map(OpsException::getMessage)
        .map(String::valueOf)
        .toList();
  }

  private static int succeeded(Map<DumpFile, Attempts> all) {
    return all.values().stream().mapToInt(Attempts::succeeded).sum();
  }

  private static boolean failed(Map<DumpFile, Attempts> all) {
    return all.values().stream().anyMatch(a -> !a.failures().isEmpty());
  }
}
