package io.nsqlops.cli;

import io.nsqlops.backup.config.SecretReference;
import io.nsqlops.backup.engine.DatabaseUri;
import io.nsqlops.backup.engine.ScratchServer;
import io.nsqlops.backup.engine.mysql.MysqlExporter;
import io.nsqlops.backup.engine.mysql.MysqlImporter;
import io.nsqlops.backup.engine.mysql.MysqlScripts;
import io.nsqlops.backup.engine.mysql.session.Connections;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.engine.scratch.PrivateServer;
import io.nsqlops.backup.engine.tidb.TidbDialect;
import io.nsqlops.backup.engine.tidb.TidbExporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.KmsKey;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.key.kms.KmsKeyProvider;
import io.nsqlops.backup.key.passphrase.PassphraseKeyProvider;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.StoreUri;
import io.nsqlops.backup.store.filesystem.FilesystemObjectStore;
import io.nsqlops.backup.store.s3.S3ObjectStore;
import io.nsqlops.cli.context.Adapters;
import io.nsqlops.cli.context.Database;
import io.nsqlops.cli.context.KeySecret;
import io.nsqlops.cli.context.LogDelivery;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.sink.DeadLetters;
import io.nsqlops.logs.sink.KeptLetters;
import io.nsqlops.logs.sink.LogSink;
import io.nsqlops.logs.sink.ServerSurvey;
import io.nsqlops.logs.sink.elasticsearch.DeliveryMetrics;
import io.nsqlops.logs.sink.elasticsearch.ElasticsearchSink;
import io.nsqlops.logs.sink.elasticsearch.ElasticsearchSurvey;
import io.nsqlops.logs.sink.elasticsearch.IndexTemplates;
import io.nsqlops.logs.sink.elasticsearch.IndexTemplates.Types;
import io.nsqlops.logs.sink.file.DeadLetterFile;
import io.nsqlops.logs.sink.file.KeptLetterFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Constructs the real adapters. Nothing else does. */
public final class Wiring implements Adapters {
  /** Counts on when a configuration is read again. */
  private @Nullable DeliveryMetrics deliveryMetrics;

  @Override
  public ObjectStore store(String address) {
    return StoreUri.parse(address)
        .map(S3ObjectStore::new, directory -> new FilesystemObjectStore(directory.path()));
  }

  @Override
  public KeyProvider keys(KeySecret secret) {
    SecretReference passphrase = secret.passphrase();
    if (passphrase != null) {
      return new PassphraseKeyProvider(passphrase.resolve().toCharArray());
    }
    KmsKey kmsKey = secret.kmsKey();
    return kmsKey == null ? new ClearKeyProvider() : new KmsKeyProvider(kmsKey);
  }

  @Override
  public Database database(DatabaseUri address, Supplier<String> password) {
    Connections connections = new Connections(address, password);
    ServerInfo server;
    try (Session session = connections.open(List.of())) {
      server = Connections.identify(session, address.address());
    }
    checkScheme(address, server);
    return switch (server.engine()) {
      case "mariadb" -> mysql(connections, server, Dialect.MARIADB);
      case "mysql" -> mysql(connections, server, Dialect.MYSQL);
      case "tidb" ->
          new Database(
              server,
              () -> new TidbExporter(connections, server),
              () -> new MysqlImporter(connections, server, TidbDialect.TIDB),
              new MysqlScripts(connections, server, TidbDialect.TIDB));
      default -> throw notServed(server);
    };
  }

  @Override
  public ScratchServer scratch(String engine, String path, Path below) {
    return PrivateServer.start(engine, path, below);
  }

  @Override
  public LogDelivery logDelivery(LogsConfig config) {
    DeadLetterFile deadLetters = new DeadLetterFile(deadLetterFile(config), Clock.systemUTC());
    DeliveryMetrics metrics = deliveryMetrics == null ? new DeliveryMetrics() : deliveryMetrics;
    deliveryMetrics = metrics;
    metrics.beginAgain();
    LogSink sink = ElasticsearchSink.open(config.elasticsearch(), deadLetters, metrics);
    return new LogDelivery(
        sink, metrics::rejected, metrics::conflicts, metrics::metrics, metrics::trouble);
  }

  private static Path deadLetterFile(LogsConfig config) {
    return config.stateDirectory().resolve(DeadLetterFile.NAME);
  }

  @Override
  public KeptLetters deadLetters(LogsConfig config, boolean toReplay) {
    Path file = deadLetterFile(config);
    return toReplay
        ? KeptLetterFile.toReplay(file, Clock.systemUTC())
        : KeptLetterFile.toRead(file);
  }

  @Override
  public LogSink redelivery(LogsConfig config, DeadLetters refused, Duration patience) {
    return ElasticsearchSink.openFor(
        config.elasticsearch(), refused, new DeliveryMetrics(), patience);
  }

  @Override
  public void installLogTemplates(LogsConfig config, boolean reduced) throws InterruptedException {
    IndexTemplates.install(config, reduced ? Types.REDUCED : Types.ALL);
  }

  @Override
  public ServerSurvey surveyLogServer(LogsConfig config, Collection<String> streams)
      throws InterruptedException {
    return ElasticsearchSurvey.make(config.elasticsearch(), streams);
  }

  private static Database mysql(Connections connections, ServerInfo server, Dialect dialect) {
    return new Database(
        server,
        () -> new MysqlExporter(connections, server),
        () -> new MysqlImporter(connections, server, dialect),
        new MysqlScripts(connections, server, dialect));
  }

  /** {@code mysql://} is the protocol and takes whoever answers; other schemes name the server. */
  private static void checkScheme(DatabaseUri address, ServerInfo server) {
    String scheme = address.scheme();
    if (!scheme.equals("mysql") && !scheme.equals(server.engine())) {
      throw new OpsException(
          ErrorKind.USAGE,
          address.toString(),
          "%s:// was asked for, but %s is %s %s"
              .formatted(scheme, server.address(), server.engine(), server.version()),
          "write " + server.engine() + "://" + address.user() + "@" + address.address());
    }
  }

  private static OpsException notServed(ServerInfo server) {
    return new OpsException(
        ErrorKind.USAGE,
        server.address(),
        server.address() + " is " + server.engine() + " " + server.version() + ", not served yet",
        "this version backs up and restores MariaDB, MySQL and TiDB");
  }
}
