package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.filesystem.FilesystemObjectStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilesystemPruneFlowTest extends PruneFlowContract {
  @TempDir Path directory;

  @Override
  ObjectStore newStore() {
    return new FilesystemObjectStore(directory.resolve("repository"));
  }
}
