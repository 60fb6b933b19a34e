package io.nsqlops.k8s.config;

import io.nsqlops.backup.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Binds the {@code kubernetes} section; every key has a default. */
public final class KubernetesConfigBinder {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final ResourceNeeds JOB_RESOURCES = new ResourceNeeds("1", "2Gi", null);
  private static final ResourceNeeds SHIPPER_RESOURCES = new ResourceNeeds("100m", "512Mi", null);
  private static final int HALF_A_DAY = 12 * 60 * 60;
  private static final int ONE_HOUR = 60 * 60;

  private KubernetesConfigBinder() {}

  /**
   * Binds the section of a whole document.
   *
   * @param root the document; what is wrong is recorded as its problems, and the result is to be
   *     used only if there are none
   */
  public static KubernetesConfig bind(ConfigNode root) {
    ConfigNode node = root.child("kubernetes");
    String namespace = name(node, "namespace", LABEL, "nsql-ops");
    ConfigNode account = node.child("service-account");
    return new KubernetesConfig(
        namespace,
        node.text("image", "nsql-ops:latest"),
        choice(node, "image-pull-policy", "IfNotPresent", "Always", "Never"),
        node.values("image-pull-secrets", text -> checked(text, SUBDOMAIN)),
        node.value("secret", text -> checked(text, SUBDOMAIN)),
        account.textMap("annotations"),
        node.textMap("pod-labels"),
        storage(node.child("storage")),
        jobs(node.child("jobs")),
        shipper(node.child("log-shipper"), namespace),
        node.flag("network-policy", false));
  }

  private static StorageOptions storage(ConfigNode node) {
    if (node.has("storage-class") && !node.has("size")) {
      node.problem("storage-class", "belongs to a claim to be created, which needs size");
    }
    return new StorageOptions(
        node.value("claim", text -> checked(text, SUBDOMAIN)),
        node.value("size", ResourceNeeds::checked),
        node.value("storage-class", text -> checked(text, SUBDOMAIN)),
        choice(node, "access-mode", "ReadWriteOnce", "ReadWriteMany", "ReadWriteOncePod"),
        node.value("s3-secret", text -> checked(text, SUBDOMAIN)));
  }

  private static JobOptions jobs(ConfigNode node) {
    return new JobOptions(
        resources(node.child("resources"), JOB_RESOURCES),
        placement(node, List.of()),
        node.integer("active-deadline-seconds", 1, HALF_A_DAY),
        node.integer("starting-deadline-seconds", JobOptions.SHORTEST_STARTING_DEADLINE, ONE_HOUR),
        node.integer("backoff-limit", 0, 2),
        node.integer("successful-jobs-history", 0, 3),
        node.integer("failed-jobs-history", 0, 3),
        node.flag("suspend", false));
  }

  private static ShipperOptions shipper(ConfigNode node, String jobsNamespace) {
    String namespace = name(node, "namespace", LABEL, defaultShipperNamespace(jobsNamespace));
    if (namespace.equals(jobsNamespace)) {
      node.problem("namespace", "must differ from kubernetes.namespace: it mounts node folders");
      namespace = defaultShipperNamespace(jobsNamespace);
    }
    return new ShipperOptions(
        namespace,
        node.value("secret", text -> checked(text, SUBDOMAIN)),
        resources(node.child("resources"), SHIPPER_RESOURCES),
        placement(node, List.of(TolerationRule.EVERYTHING)));
  }

  private static String defaultShipperNamespace(String jobsNamespace) {
    String base = jobsNamespace.length() > 58 ? jobsNamespace.substring(0, 58) : jobsNamespace;
    return base + "-logs";
  }

  private static ResourceNeeds resources(ConfigNode node, ResourceNeeds absent) {
    String cpu = node.value("cpu", ResourceNeeds::checked);
    String memory = node.value("memory", ResourceNeeds::checked);
    return new ResourceNeeds(
        cpu == null ? absent.cpu() : cpu,
        memory == null ? absent.memory() : memory,
        node.value("cpu-limit", ResourceNeeds::checked));
  }

  private static Placement placement(ConfigNode node, List<TolerationRule> absent) {
    List<TolerationRule> tolerations = new ArrayList<>();
    for (ConfigNode rule : node.children("tolerations")) {
      try {
        tolerations.add(
            new TolerationRule(
                rule.text("key"),
                rule.text("operator", "Equal"),
                rule.text("value"),
                rule.text("effect")));
      } catch (IllegalArgumentException e) {
        rule.problem(String.valueOf(e.getMessage()));
      }
    }
    return new Placement(
        node.textMap("node-selector"),
        node.has("tolerations") ? tolerations : absent,
        node.value("priority-class", text -> checked(text, SUBDOMAIN)));
  }

  private static String name(ConfigNode node, String key, Pattern form, String absent) {
    String name = node.value(key, text -> checked(text, form));
    return name == null ? absent : name;
  }

  private static String checked(String name, Pattern form) {
    if (!form.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "must be a Kubernetes name: lower-case letters, digits and inner hyphens");
    }
    return name;
  }

  /** One of several texts; the first is the default. */
  private static String choice(ConfigNode node, String key, String absent, String... others) {
    String value =
        node.value(
            key,
            text -> {
              if (!text.equals(absent) && !List.of(others).contains(text)) {
                throw new IllegalArgumentException(
                    "must be one of " + absent + ", " + String.join(", ", others));
              }
              return text;
            });
    return value == null ? absent : value;
  }
}
