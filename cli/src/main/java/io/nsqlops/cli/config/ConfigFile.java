package io.nsqlops.cli.config;

import io.nsqlops.backup.config.BackupConfig;
import io.nsqlops.backup.config.BackupConfigBinder;
import io.nsqlops.backup.config.ConfigNode;
import io.nsqlops.backup.config.ConfigProblems;
import io.nsqlops.k8s.config.KubernetesConfig;
import io.nsqlops.k8s.config.KubernetesConfigBinder;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.error.LogsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the configuration file. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads, checks and binds the file. No secret is resolved.
   *
   * @throws io.nsqlops.backup.error.OpsException of kind USAGE that lists every problem with its
   *     YAML path
   */
  public static Configuration read(Path file) {
    JsonNode document = YamlFile.read(file);
    ConfigProblems problems = new ConfigProblems();
    // The modules explain a wrong value better than a schema can; the schema comes last, for the
    // keys that nobody asked for.
    ConfigNode root = ConfigNode.root(document, problems);
    BackupConfig backup = BackupConfigBinder.bind(root);
    KubernetesConfig kubernetes = KubernetesConfigBinder.bind(root);
    LogsConfig logs = logs(document, problems);
    new ConfigSchema().check(document, problems);
    problems.throwIfAny(file.toString());
    return new Configuration(file, document, backup, kubernetes, logs);
  }

  private static @Nullable LogsConfig logs(JsonNode document, ConfigProblems problems) {
    if (!document.hasNonNull("logs")) {
      return null;
    }
    try {
      return LogsConfig.from(document.path("logs"), document.path("cluster").asString(null));
    } catch (LogsException e) {
      for (String line : String.valueOf(e.getMessage()).lines().toList()) {
        String[] parts = line.split(": ", 2);
        problems.add(parts.length == 2 ? parts[0] : "logs", parts[parts.length - 1]);
      }
      return null;
    }
  }
}
