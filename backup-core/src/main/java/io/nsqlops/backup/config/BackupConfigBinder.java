package io.nsqlops.backup.config;

import io.nsqlops.backup.key.KmsKey;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Binds a configuration tree to {@link BackupConfig}. */
public final class BackupConfigBinder {
  private static final Pattern BUDGET = Pattern.compile("[1-9][0-9]*\\s*([KMGT]i?B?|B)?");

  private BackupConfigBinder() {}

  /**
   * Binds this module's part alone.
   *
   * @param file name of the file, for the message
   * @throws io.nsqlops.backup.error.OpsException of kind USAGE that lists every problem
   */
  public static BackupConfig bind(JsonNode document, String file) {
    ConfigProblems problems = new ConfigProblems();
    BackupConfig config = bind(ConfigNode.root(document, problems));
    problems.throwIfAny(file);
    return config;
  }

  /**
   * Binds what can be bound and records the rest as problems of the node: the result is to be used
   * only if there are none.
   */
  public static BackupConfig bind(ConfigNode root) {
    String cluster = root.value("cluster", BackupConfig::checkedCluster);
    SourceUri source = root.value("source", SourceUri::new);
    RepositoryUri repository = root.value("repository", RepositoryUri::new);
    ConfigNode secretsNode = root.child("secrets");
    BackupSecrets secrets =
        new BackupSecrets(
            secretsNode.value("db-password", SecretReference::parse),
            secretsNode.value("passphrase", SecretReference::parse),
            kmsKey(secretsNode));
    List<ScheduleTask> schedule = schedule(root);
    if (root.has("schedule") && !root.has("source")) {
      root.problem("source", "is required by schedule");
    }
    if (root.has("schedule") && !root.has("repository")) {
      root.problem("repository", "is required by schedule");
    }
    boolean complete = source != null && repository != null;
    return new BackupConfig(
        cluster == null ? BackupConfig.DEFAULT_CLUSTER : cluster,
        source,
        repository,
        secrets,
        complete ? schedule : List.of());
  }

  private static @Nullable KmsKey kmsKey(ConfigNode node) {
    String id = node.value("kms-key", KmsKey::checkedId);
    URI endpoint = node.value("kms-endpoint", KmsKey::checkedEndpoint);
    String region = node.value("kms-region", KmsKey::checkedRegion);
    if (node.has("kms-key") && node.has("passphrase")) {
      node.problem("kms-key", "and passphrase are there: one of them opens the repository");
    }
    for (String name : List.of("kms-endpoint", "kms-region")) {
      if (node.has(name) && !node.has("kms-key")) {
        node.problem(name, "goes with kms-key");
      }
    }
    return id == null ? null : new KmsKey(id, endpoint, region);
  }

  private static List<ScheduleTask> schedule(ConfigNode root) {
    List<ScheduleTask> tasks = new ArrayList<>();
    for (ConfigNode node : root.children("schedule")) {
      ScheduleTask task = task(node);
      if (task != null) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  private static @Nullable ScheduleTask task(ConfigNode node) {
    TaskKind kind = node.required("task", TaskKind::parse);
    UnixCron cron = node.required("cron", UnixCron::new);
    ZoneId zone = node.value("time-zone", BackupConfigBinder::zone);
    KeepRules keep = node.has("keep") ? keep(node.child("keep")) : null;
    List<String> include = node.texts("include");
    List<String> exclude = node.texts("exclude");
    Integer threads = node.integer("threads", 1);
    String budget = node.value("budget", BackupConfigBinder::budget);
    if (kind == null || cron == null || misplaced(node, kind)) {
      return null;
    }
    if (kind == TaskKind.PRUNE && keep == null) {
      node.problem("keep", "is required by prune, or it would keep nothing");
      return null;
    }
    ZoneId timeZone = zone == null ? ZoneId.of("UTC") : zone;
    return new ScheduleTask(kind, cron, timeZone, keep, include, exclude, threads, budget);
  }

  private static boolean misplaced(ConfigNode node, TaskKind kind) {
    boolean found = false;
    for (String option : List.of("keep", "include", "exclude", "threads", "budget")) {
      TaskKind owner =
          switch (option) {
            case "keep" -> TaskKind.PRUNE;
            case "budget" -> TaskKind.VERIFY;
            default -> TaskKind.BACKUP;
          };
      if (node.has(option) && owner != kind) {
        node.problem(option, "belongs to " + owner.command() + ", not to " + kind.command());
        found = true;
      }
    }
    return found;
  }

  private static @Nullable KeepRules keep(ConfigNode node) {
    try {
      return new KeepRules(
          node.integer("last", 0, 0),
          node.integer("hourly", 0, 0),
          node.integer("daily", 0, 0),
          node.integer("weekly", 0, 0),
          node.integer("monthly", 0, 0),
          node.integer("yearly", 0, 0),
          node.value("within", DurationText::parse),
          node.textMap("tags"));
    } catch (IllegalArgumentException e) {
      node.problem(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Offsets such as +08:00 are no time zones to a CronJob, so they are none here. */
  private static ZoneId zone(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text) || text.startsWith("SystemV/")) {
      throw new IllegalArgumentException("must be a named time zone such as Asia/Shanghai or UTC");
    }
    return ZoneId.of(text);
  }

  private static String budget(String text) {
    if (!BUDGET.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a size such as 5GiB");
    }
    return text;
  }
}
