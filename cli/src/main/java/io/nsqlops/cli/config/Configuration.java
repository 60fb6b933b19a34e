package io.nsqlops.cli.config;

import io.nsqlops.backup.config.BackupConfig;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.k8s.config.KubernetesConfig;
import io.nsqlops.logs.config.LogsConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The configuration file, bound.
 *
 * @param path of the file
 * @param document the file's tree as written, for what is cut out of it again
 * @param logsConfig null where the file has no {@code logs} section
 */
public record Configuration(
    Path path,
    JsonNode document,
    BackupConfig backup,
    KubernetesConfig kubernetes,
    @Nullable LogsConfig logsConfig) {

  public Optional<LogsConfig> logs() {
    return Optional.ofNullable(logsConfig);
  }

  /** The {@code logs} section, for a command that cannot do without. */
  public LogsConfig requireLogs() {
    return logs()
        .orElseThrow(
            () ->
                new OpsException(
                    ErrorKind.USAGE,
                    "logs",
                    "the configuration file " + path + " has no logs section",
                    "say there which files to ship where to"));
  }
}
