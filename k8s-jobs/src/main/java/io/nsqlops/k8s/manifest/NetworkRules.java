package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.nsqlops.backup.config.RepositoryUri;
import io.nsqlops.backup.config.SourceUri;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Limits the Jobs' traffic: nobody calls them, they call DNS, the database and the store, and where
 * that is a bucket also STS and KMS, whose addresses are not in the configuration.
 */
final class NetworkRules {
  private static final int DNS = 53;
  private static final int HTTPS = 443;

  private NetworkRules() {}

  static NetworkPolicy forJobs(Installation installation) {
    List<NetworkPolicyPort> ports = new ArrayList<>();
    ports.add(port("UDP", DNS));
    ports.add(port("TCP", DNS));
    installation
        .backup()
        .source()
        .map(SourceUri::port)
        .map(NetworkRules::tcp)
        .ifPresent(ports::add);
    installation
        .backup()
        .repository()
        .filter(RepositoryUri::isS3)
        .ifPresent(
            bucket ->
                IntStream.of(storePort(bucket), HTTPS)
                    .distinct()
                    .mapToObj(NetworkRules::tcp)
                    .forEach(ports::add));
    return new NetworkPolicyBuilder()
        .withMetadata(
            installation.metadata(installation.jobsNamespace(), installation.name("jobs"), "jobs"))
        .withNewSpec()
        .withNewPodSelector()
        .addToMatchLabels("app.kubernetes.io/name", "nsql-ops")
        .addToMatchLabels("app.kubernetes.io/instance", installation.backup().cluster())
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .addNewEgress()
        .withPorts(ports)
        .endEgress()
        .endSpec()
        .build();
  }

  private static int storePort(RepositoryUri repository) {
    URI endpoint = repository.endpoint().orElse(URI.create("https://s3"));
    if (endpoint.getPort() > 0) {
      return endpoint.getPort();
    }
    return "http".equals(endpoint.getScheme()) ? 80 : HTTPS;
  }

  private static NetworkPolicyPort tcp(int port) {
    return port("TCP", port);
  }

  private static NetworkPolicyPort port(String protocol, int port) {
    return new NetworkPolicyPort(null, new IntOrString(port), protocol);
  }
}
