package io.nsqlops.backup.engine.scratch;

import io.nsqlops.backup.engine.DatabaseUri;
import io.nsqlops.backup.engine.ScratchServer;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A MariaDB or MySQL server with a password of its own, in a new directory. It logs nothing, runs
 * no event and is not made to survive a crash.
 */
public final class PrivateServer implements ScratchServer {
  private static final Duration START = Duration.ofMinutes(3);

  private final ServerDirectory directory;
  private final Programs.Server server;
  private final int port;
  private final String password;
  private final Process process;
  private final Thread hook;

  private PrivateServer(
      ServerDirectory directory, Programs.Server server, int port, String password)
      throws IOException {
    this.directory = directory;
    this.server = server;
    this.port = port;
    this.password = password;
    this.process =
        new ProcessBuilder(command())
            .directory(directory.path().toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.log().toFile())
            .start();
    this.hook = new Thread(this::end, "scratch-server-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a server.
   *
   * @param engine {@code mariadb} or {@code mysql}; empty for whichever there is
   * @param path the variable PATH
   * @param below where its directory is made
   */
  public static ScratchServer start(String engine, String path, Path below) {
    Programs programs = Programs.of(path);
    Programs.Server server = programs.server(engine);
    ServerDirectory directory = ServerDirectory.make(below);
    try {
      directory.install(server, programs);
      byte[] secret = new byte[16];
      new SecureRandom().nextBytes(secret);
      String password = HexFormat.of().formatHex(secret);
      directory.writeFirstStart(password);
      PrivateServer started = new PrivateServer(directory, server, freePort(), password);
      started.awaitReady();
      return started;
    } catch (IOException e) {
      directory.delete();
      throw failed(server.program(), e.getMessage() == null ? e.toString() : e.getMessage(), e);
    } catch (RuntimeException e) {
      directory.delete();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(directory.base(server));
    command.addAll(
        List.of(
            "--port=" + port,
            "--bind-address=127.0.0.1",
            // relative to the data: the path of a socket must not pass 107 bytes
            "--socket=s",
            "--pid-file=pid",
            "--init-file=" + directory.firstStart(),
            "--skip-name-resolve",
            "--skip-log-bin",
            "--event-scheduler=OFF",
            "--local-infile=1",
            "--max-allowed-packet=1G",
            "--lower-case-table-names=0",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=256M"));
    command.addAll(
        server.isMariaDb()
            ? List.of("--skip-ssl", "--secure-file-priv=" + directory.files())
            : List.of("--mysqlx=OFF", "--secure-file-priv=NULL"));
    return command;
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + START.toNanos();
    try {
      while (System.nanoTime() < end) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          throw new IOException("it ended with " + process.exitValue() + ": " + directory.said());
        }
        if (greets()) {
          Files.deleteIfExists(directory.firstStart());
          return;
        }
      }
      throw new IOException("it was not ready within " + START.toMinutes() + " minutes");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new OpsException(
          ErrorKind.INTERRUPTED, "import", "the import was interrupted", "run it again", e);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** A server greets whoever connects, once it has done what its first start asks for. */
  private boolean greets() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      socket.setSoTimeout(2000);
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public DatabaseUri address() {
    Map<String, String> parameters =
        server.isMariaDb()
            ? Map.of("sslMode", "DISABLED")
            : Map.of("sslMode", "PREFERRED", "allowPublicKeyRetrieval", "true");
    String scheme = server.isMariaDb() ? "mariadb" : "mysql";
    return new DatabaseUri(scheme, "root", "127.0.0.1", port, parameters);
  }

  @Override
  public String password() {
    return password;
  }

  private void end() {
    process.destroyForcibly();
    directory.delete();
  }

  @Override
  public void close() {
    // nothing in it is of use to anyone, so there is nothing it should save
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    directory.delete();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the program is ending: the hook runs and finds nothing
    }
  }

  static OpsException failed(Path program, String why, Throwable cause) {
    return new OpsException(
        ErrorKind.TRANSIENT,
        program.toString(),
        program + " could not be started for the replay: " + why,
        "mend what it says, name another server with --scratch, or another place with --work-dir",
        cause);
  }

  /** Readable by nobody else. */
  static void writePrivate(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }
}
