package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnPodConditionsPattern;

/** What a Job does with a failed pod, by the exit code of the command. */
final class FailurePolicy {
  /**
   * Wrong usage or configuration (2), done in part (3), damage (4), no repository (10), wrong key
   * (12): the next pod would fail in the same way. Every other code, first of all 75 for a
   * transient failure, is tried again within the Job's back-off limit.
   */
  static final Integer[] HOPELESS = {2, 3, 4, 10, 12};

  private FailurePolicy() {}

  static PodFailurePolicy byExitCode() {
    return new PodFailurePolicyBuilder()
        .addNewRule()
        .withAction("FailJob")
        .withNewOnExitCodes()
        .withOperator("In")
        .withValues(HOPELESS)
        .endOnExitCodes()
        .endRule()
        // A drained or preempted node is nobody's failure and costs no attempt.
        .addNewRule()
        .withAction("Ignore")
        .withOnPodConditions(new PodFailurePolicyOnPodConditionsPattern("True", "DisruptionTarget"))
        .endRule()
        .build();
  }
}
