package io.nsqlops.k8s.apply;

/**
 * An object that the cluster would not take.
 *
 * @param object kind, namespace and name, such as {@code CronJob nsql-ops/nsql-ops-shop-backup}
 * @param status HTTP status of the answer
 * @param reason the server's own words
 */
public record Refusal(String object, int status, String reason) {}
