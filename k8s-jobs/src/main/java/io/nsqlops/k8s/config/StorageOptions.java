package io.nsqlops.k8s.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What gives the Jobs access to the repository.
 *
 * @param claim volume claim that holds a directory repository; null: a name made from the cluster's
 * @param size size of a claim to be created; null: the claim exists
 * @param storageClassName class of a claim to be created; null: the default class
 * @param accessMode access mode of a claim to be created
 * @param s3SecretName Secret with an AWS credentials file under the key {@code credentials}; null:
 *     the pod's own identity (service account annotations)
 */
public record StorageOptions(
    @Nullable String claim,
    @Nullable String size,
    @Nullable String storageClassName,
    String accessMode,
    @Nullable String s3SecretName) {

  public Optional<String> claimName() {
    return Optional.ofNullable(claim);
  }

  public Optional<String> newClaimSize() {
    return Optional.ofNullable(size);
  }

  public Optional<String> storageClass() {
    return Optional.ofNullable(storageClassName);
  }

  public Optional<String> s3Secret() {
    return Optional.ofNullable(s3SecretName);
  }
}
