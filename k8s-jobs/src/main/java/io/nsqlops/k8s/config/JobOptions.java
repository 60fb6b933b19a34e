package io.nsqlops.k8s.config;

/**
 * How the scheduled Jobs run.
 *
 * @param activeDeadlineSeconds after which a Job is stopped for good; longer than the longest
 *     backup
 * @param startingDeadlineSeconds how late a missed start may be made up for
 * @param backoffLimit how often a failed pod is replaced
 * @param suspend whether the CronJobs are created switched off
 */
public record JobOptions(
    ResourceNeeds resources,
    Placement placement,
    int activeDeadlineSeconds,
    int startingDeadlineSeconds,
    int backoffLimit,
    int successfulJobsHistory,
    int failedJobsHistory,
    boolean suspend) {

  /** Below 10 seconds a CronJob may never start, as its controller looks only every 10 seconds. */
  public static final int SHORTEST_STARTING_DEADLINE = 10;

  public JobOptions {
    if (activeDeadlineSeconds < 1
        || startingDeadlineSeconds < SHORTEST_STARTING_DEADLINE
        || backoffLimit < 0
        || successfulJobsHistory < 0
        || failedJobsHistory < 0) {
      throw new IllegalArgumentException("a limit of the jobs is too small");
    }
  }
}
