package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.nsqlops.k8s.config.StorageOptions;
import java.util.Map;
import java.util.Optional;

/** What the pods need around them: namespaces, accounts, configuration, a volume claim. */
final class Surroundings {
  static final String BACKUP_ACCOUNT = "backup";
  static final String RESTORE_ACCOUNT = "restore";
  static final String LOGS_ACCOUNT = "logs";
  static final String JOBS_CONFIG = "config";
  static final String LOGS_CONFIG = "logs-config";
  private static final String POD_SECURITY = "pod-security.kubernetes.io/";

  private Surroundings() {}

  /** A namespace that admits only pods of a Pod Security level. */
  static Namespace namespace(String name, String level) {
    NamespaceBuilder namespace =
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(name)
            .withLabels(Map.of("app.kubernetes.io/managed-by", "nsql-ops"))
            .endMetadata();
    for (String mode : new String[] {"enforce", "audit", "warn"}) {
      namespace
          .editMetadata()
          .addToLabels(POD_SECURITY + mode, level)
          .addToLabels(POD_SECURITY + mode + "-version", "latest")
          .endMetadata();
    }
    return namespace.build();
  }

  static ServiceAccount account(Installation installation, String namespace, String suffix) {
    Map<String, String> annotations = installation.kubernetes().serviceAccountAnnotations();
    return new ServiceAccountBuilder()
        .withMetadata(installation.metadata(namespace, installation.name(suffix), suffix))
        .editMetadata()
        .withAnnotations(annotations.isEmpty() ? null : annotations)
        .endMetadata()
        .withAutomountServiceAccountToken(false)
        .build();
  }

  static ConfigMap configMap(
      Installation installation, String namespace, String suffix, MountedDocument document) {
    return new ConfigMapBuilder()
        .withMetadata(installation.metadata(namespace, installation.name(suffix), "config"))
        .addToData(MountedDocument.CONFIG_FILE, document.yaml())
        .build();
  }

  /** The claim that holds a directory repository; none with S3. */
  static Optional<String> claim(Installation installation) {
    StorageOptions storage = installation.kubernetes().storage();
    return installation
        .backup()
        .repository()
        .filter(repository -> !repository.isS3())
        .map(directory -> storage.claimName().orElse(installation.name("repository")));
  }

  /** The claim to be created, where a size asks for one. */
  static Optional<PersistentVolumeClaim> newClaim(Installation installation) {
    StorageOptions storage = installation.kubernetes().storage();
    Optional<String> size = storage.newClaimSize();
    return claim(installation)
        .filter(name -> size.isPresent())
        .map(
            name ->
                new PersistentVolumeClaimBuilder()
                    .withMetadata(
                        installation.metadata(installation.jobsNamespace(), name, "repository"))
                    .withNewSpec()
                    .withAccessModes(storage.accessMode())
                    .withStorageClassName(storage.storageClass().orElse(null))
                    .withNewResources()
                    .addToRequests("storage", new Quantity(size.orElseThrow()))
                    .endResources()
                    .endSpec()
                    .build());
  }
}
