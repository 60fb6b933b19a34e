package io.nsqlops.cli.command;

import io.nsqlops.backup.config.SecretReference;
import io.nsqlops.backup.engine.DatabaseUri;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to log in to a database; the commands say which one. */
final class DatabaseOptions {
  private static final String PASSWORD = "NSQL_OPS_DB_PASSWORD";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file that holds the database password; default: $" + PASSWORD + ".")
  @Nullable Path passwordFile;

  /**
   * Connects to the database that an option names.
   *
   * @param option for the message if it is missing
   */
  Database connect(Context context, @Nullable String address, String option) {
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
    return () -> context.variable(PASSWORD).orElse("");
  }
}
