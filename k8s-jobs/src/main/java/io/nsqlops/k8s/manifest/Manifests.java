package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** All objects of an installation, in an order in which they can be applied. */
public final class Manifests {
  private Manifests() {}

  /**
   * What runs by itself: namespaces, accounts, configuration, CronJobs, the log shipper; and a
   * suspended Job that restores the latest backup into the source once it is released.
   */
  public static List<HasMetadata> render(Installation installation) {
    List<HasMetadata> objects = new ArrayList<>();
    if (installation.hasJobs()) {
      objects.add(Surroundings.namespace(installation.jobsNamespace(), "restricted"));
    }
    if (installation.shipsLogs()) {
      objects.add(Surroundings.namespace(installation.logsNamespace(), "privileged"));
    }
    if (installation.hasJobs()) {
      addJobs(objects, installation);
    }
    if (installation.shipsLogs()) {
      addShipper(objects, installation);
    }
    return List.copyOf(objects);
  }

  /** The Job of one restore alone, for an installation whose other objects exist. */
  public static HasMetadata restoreJob(Installation installation, RestoreRequest request) {
    return new Jobs(installation).restore(request);
  }

  private static void addJobs(List<HasMetadata> objects, Installation installation) {
    String namespace = installation.jobsNamespace();
    objects.add(Surroundings.account(installation, namespace, Surroundings.BACKUP_ACCOUNT));
    objects.add(Surroundings.account(installation, namespace, Surroundings.RESTORE_ACCOUNT));
    objects.add(
        Surroundings.configMap(
            installation,
            namespace,
            Surroundings.JOBS_CONFIG,
            MountedDocument.forJobs(installation)));
    Surroundings.newClaim(installation).ifPresent(objects::add);
    if (installation.kubernetes().networkPolicy()) {
      objects.add(NetworkRules.forJobs(installation));
    }
    Jobs jobs = new Jobs(installation);
    objects.addAll(jobs.schedule());
    installation
        .backup()
        .source()
        .ifPresent(source -> objects.add(jobs.restore(RestoreRequest.latest(source.text()))));
  }

  private static void addShipper(List<HasMetadata> objects, Installation installation) {
    String namespace = installation.logsNamespace();
    objects.add(Surroundings.account(installation, namespace, Surroundings.LOGS_ACCOUNT));
    objects.add(
        Surroundings.configMap(
            installation,
            namespace,
            Surroundings.LOGS_CONFIG,
            MountedDocument.forShipper(installation)));
    objects.add(new ShipperDaemonSet(installation).render());
  }
}
