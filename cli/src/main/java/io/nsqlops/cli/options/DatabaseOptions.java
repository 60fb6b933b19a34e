package io.nsqlops.cli.options;

import io.nsqlops.backup.config.BackupConfig;
import io.nsqlops.backup.config.SecretReference;
import io.nsqlops.backup.config.SourceUri;
import io.nsqlops.backup.engine.DatabaseUri;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.context.Database;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to log in to a database; the commands say which one. */
public final class DatabaseOptions {
  private static final String PASSWORD = "NSQL_OPS_DB_PASSWORD";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file that holds the database password; default: $" + PASSWORD + ".")
  @Nullable Path passwordFile;

  /** Connects to the server that {@code --source} or the configuration file names. */
  public Database source(Context context, @Nullable String flag) {
    return connect(context, sourceAddress(context, flag).orElse(null), "--source");
  }

  /** Connects to the server that {@code --target} names; a file never names one. */
  public Database target(Context context, @Nullable String flag) {
    return connect(context, flag, "--target");
  }

  /** Where {@link #source} would connect to. */
  public Optional<String> sourceAddress(Context context, @Nullable String flag) {
    return Optional.ofNullable(flag)
        .or(() -> context.backupConfig().flatMap(BackupConfig::source).map(SourceUri::text));
  }

  /** Connects to the server that an option of this name gives. */
  public Database connect(Context context, @Nullable String address, String option) {
    if (address == null) {
      throw new OpsException(
          ErrorKind.USAGE,
          option,
          "no database was named",
          "add " + option + " mysql://user@host:port");
    }
    return context.adapters().database(DatabaseUri.parse(address), password(context));
  }

  /** Read anew at each connection, so that a rotated file is picked up. */
  private Supplier<String> password(Context context) {
    if (passwordFile != null) {
      return SecretReference.file(passwordFile)::resolve;
    }
    Optional<SecretReference> configured =
        context.backupConfig().flatMap(c -> c.secrets().databasePassword());
    return () ->
        context.variable(PASSWORD).or(() -> configured.map(SecretReference::resolve)).orElse("");
  }
}
