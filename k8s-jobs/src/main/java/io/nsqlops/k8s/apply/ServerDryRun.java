package io.nsqlops.k8s.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies objects server-side with {@code dryRun=All} and strict field validation. Objects in a
 * namespace need that namespace to exist already, as a dry run creates none.
 */
public final class ServerDryRun {
  private static final PatchContext DRY_APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("nsql-ops")
          .withForce(true)
          .withDryRun(List.of("All"))
          .withFieldValidation("Strict")
          .build();

  private final KubernetesClient client;

  public ServerDryRun(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Asks about each object and gathers every refusal.
   *
   * @throws OpsException of kind TRANSIENT if the server gives no answer at all
   */
  public List<Refusal> check(List<? extends HasMetadata> objects) {
    List<Refusal> refusals = new ArrayList<>();
    for (HasMetadata object : objects) {
      check(object).ifPresent(refusals::add);
    }
    return List.copyOf(refusals);
  }

  private Optional<Refusal> check(HasMetadata object) {
    try {
      client.resource(object).patch(DRY_APPLY, object);
      return Optional.empty();
    } catch (KubernetesClientException e) {
      // Without an answer there is no status; the client then says 0 or -1.
      if (e.getCode() <= 0) {
        throw new OpsException(
            ErrorKind.TRANSIENT,
            String.valueOf(client.getMasterUrl()),
            "the Kubernetes API server does not answer: " + rootOf(e),
            "check the context of your kubeconfig and that the cluster is reachable",
            e);
      }
      return Optional.of(new Refusal(describe(object), e.getCode(), reason(e)));
    }
  }

  private static String reason(KubernetesClientException e) {
    boolean told = e.getStatus() != null && e.getStatus().getMessage() != null;
    return told ? e.getStatus().getMessage() : String.valueOf(e.getMessage());
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String describe(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    String name = object.getMetadata().getName();
    return object.getKind() + " " + (namespace == null ? name : namespace + "/" + name);
  }
}
