package io.nsqlops.testbeds.kubernetes;

import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.RunningServer;
import io.nsqlops.testbeds.cache.BedCache;
import io.nsqlops.testbeds.process.FreePorts;
import io.nsqlops.testbeds.process.Probe;
import io.nsqlops.testbeds.process.ServerProcess;
import io.nsqlops.testbeds.process.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * kube-apiserver on an etcd of its own, with RBAC and two users: an administrator and a visitor
 * whom nothing is allowed. There is no controller manager: service accounts and Jobs that a test
 * needs, it creates itself.
 */
public final class KubeApiServer implements RunningServer {
  /** Name of the bed for {@code testbeds/install}. */
  public static final String BED = "kubernetes";

  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final Credentials credentials;
  private final int port;
  private final ServerProcess etcd;
  private final ServerProcess apiServer;

  private KubeApiServer(
      Credentials credentials, int port, ServerProcess etcd, ServerProcess apiServer) {
    this.credentials = credentials;
    this.port = port;
    this.etcd = etcd;
    this.apiServer = apiServer;
  }

  /** Starts both with their data in the folder; returns when the API server says it is ready. */
  public static KubeApiServer start(Path directory) {
    Path programs =
        BedCache.ofUser()
            .findAny(BED)
            .orElseThrow(
                () -> new BedException("kubernetes is not installed: testbeds/install kubernetes"));
    Path folder = directory.toAbsolutePath();
    try {
      Files.createDirectories(folder);
      int port = FreePorts.next();
      Credentials credentials = Credentials.create(folder);
      int etcdPort = FreePorts.next();
      ServerProcess etcd = ServerProcess.start(etcd(programs, folder, etcdPort));
      try {
        ServerProcess apiServer =
            ServerProcess.start(apiServer(programs, folder, etcdPort, port, credentials));
        return new KubeApiServer(credentials, port, etcd, apiServer);
      } catch (BedException e) {
        etcd.kill();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSpec etcd(Path programs, Path folder, int port) {
    String client = "http://127.0.0.1:" + port;
    Path log = folder.resolve("etcd.log");
    return new ServerSpec(
        "etcd",
        List.of(
            programs.resolve("etcd").toString(),
            "--data-dir=" + folder.resolve("etcd"),
            "--listen-client-urls=" + client,
            "--advertise-client-urls=" + client,
            "--listen-peer-urls=http://127.0.0.1:" + FreePorts.next(),
            // A test's data need not survive the machine.
            "--unsafe-no-fsync",
            "--log-level=warn"),
        folder,
        Map.of(),
        log,
        log,
        Probe.http(URI.create(client + "/health")),
        DEADLINE);
  }

  private static ServerSpec apiServer(
      Path programs, Path folder, int etcdPort, int port, Credentials credentials) {
    Path log = folder.resolve("kube-apiserver.log");
    return new ServerSpec(
        "kube-apiserver",
        List.of(
            programs.resolve("kube-apiserver").toString(),
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--secure-port=" + port,
            "--bind-address=127.0.0.1",
            "--cert-dir=" + credentials.certificates(),
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + credentials.serviceAccountKey(),
            "--service-account-signing-key-file=" + credentials.serviceAccountKey(),
            "--token-auth-file=" + credentials.tokens(),
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.0.0.0/24"),
        folder,
        Map.of(),
        log,
        log,
        () -> credentials.isReady(port),
        DEADLINE);
  }

  public URI uri() {
    return URI.create("https://" + host() + ":" + port);
  }

  /** A kubeconfig of the administrator. */
  public String kubeconfig() {
    return credentials.kubeconfig(uri(), Credentials.ADMIN);
  }

  /** A kubeconfig of a user whom RBAC allows nothing. */
  public String visitorKubeconfig() {
    return credentials.kubeconfig(uri(), Credentials.VISITOR);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public long pid() {
    return apiServer.pid();
  }

  @Override
  public boolean isAlive() {
    return apiServer.isAlive() && etcd.isAlive();
  }

  @Override
  public Path logFile() {
    return apiServer.log();
  }

  @Override
  public void stop() {
    apiServer.stop();
    etcd.stop();
  }

  @Override
  public void kill() {
    apiServer.kill();
    etcd.kill();
  }

  @Override
  public void restart() {
    stop();
    etcd.restart();
    apiServer.restart();
  }
}
