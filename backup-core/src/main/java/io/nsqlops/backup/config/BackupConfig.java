package io.nsqlops.backup.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The backup side of the configuration file.
 *
 * @param cluster names the cluster in the catalogue, in metrics and in data streams; short enough
 *     to be part of the names of Kubernetes objects
 * @param sourceUri null where the file only ships logs, or the flag {@code --source} names it
 * @param repositoryUri null where the file only ships logs, or the flag {@code --repo} names it
 */
public record BackupConfig(
    String cluster,
    @Nullable SourceUri sourceUri,
    @Nullable RepositoryUri repositoryUri,
    BackupSecrets secrets,
    List<ScheduleTask> schedule) {

  public static final String DEFAULT_CLUSTER = "default";
  private static final String CLUSTER_FORM = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";

  public BackupConfig {
    cluster = checkedCluster(cluster);
    schedule = List.copyOf(schedule);
    if (!schedule.isEmpty() && (sourceUri == null || repositoryUri == null)) {
      throw new IllegalArgumentException("a schedule needs a source and a repository");
    }
  }

  static String checkedCluster(String name) {
    if (!name.matches(CLUSTER_FORM)) {
      throw new IllegalArgumentException(
          "must be 1 to 32 lower-case letters, digits and inner hyphens");
    }
    return name;
  }

  public Optional<SourceUri> source() {
    return Optional.ofNullable(sourceUri);
  }

  public Optional<RepositoryUri> repository() {
    return Optional.ofNullable(repositoryUri);
  }
}
