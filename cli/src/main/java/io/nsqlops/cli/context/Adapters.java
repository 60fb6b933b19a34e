package io.nsqlops.cli.context;

import io.nsqlops.backup.engine.DatabaseUri;
import io.nsqlops.backup.engine.ScratchServer;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.logs.config.LogsConfig;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Finds the adapter for what the user named. Nothing is connected before it is asked for. */
public interface Adapters {

  /** The store at {@code s3://…}, {@code file:///…} or a directory. */
  ObjectStore store(String address);

  /** How the repository's keys are protected. */
  KeyProvider keys(KeySecret secret);

  /**
   * The database that answers at this address.
   *
   * @throws io.nsqlops.backup.error.OpsException USAGE if it is not what the address says
   */
  Database database(DatabaseUri address, Supplier<String> password);

  /**
   * Starts a private server for a replay; to be closed by the caller.
   *
   * @param engine {@code mariadb} or {@code mysql}; empty for whichever there is
   * @param path the variable PATH
   * @param below where its directory is made
   */
  ScratchServer scratch(String engine, String path, Path below);

  /** Delivers logs to where the configuration says; to be closed by the caller. */
  LogDelivery logDelivery(LogsConfig config);

  /**
   * Installs the index template of the data streams.
   *
   * @param reduced for servers without Elastic's own field types
   */
  void installLogTemplates(LogsConfig config, boolean reduced) throws InterruptedException;
}
