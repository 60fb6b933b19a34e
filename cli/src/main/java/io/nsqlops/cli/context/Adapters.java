package io.nsqlops.cli.context;

import io.nsqlops.backup.engine.DatabaseUri;
import io.nsqlops.backup.engine.ScratchServer;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.sink.DeadLetters;
import io.nsqlops.logs.sink.KeptLetters;
import io.nsqlops.logs.sink.LogSink;
import io.nsqlops.logs.sink.ServerSurvey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
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
   * The dead letters of the log shipper with this configuration; to be closed by the caller.
   *
   * @param toReplay whether to send them again, not only to look at them
   */
  KeptLetters deadLetters(LogsConfig config, boolean toReplay);

  /**
   * Delivers again what was refused, and gives up when nothing is taken for so long.
   *
   * @param refused where to put what is refused again
   */
  LogSink redelivery(LogsConfig config, DeadLetters refused, Duration patience);

  /**
   * Installs the index template of the data streams.
   *
   * @param reduced for servers without Elastic's own field types
   */
  void installLogTemplates(LogsConfig config, boolean reduced) throws InterruptedException;

  /**
   * Asks the server logs go to what it is and what may be done there.
   *
   * @param streams names of the data streams to be written, with wildcards
   */
  ServerSurvey surveyLogServer(LogsConfig config, Collection<String> streams)
      throws InterruptedException;
}
