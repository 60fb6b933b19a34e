package io.nsqlops.testbeds.process;

import io.nsqlops.testbeds.BedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports nobody listens on.
 *
 * <p>They are drawn from below the range the kernel takes outgoing connections from, so that no
 * client's connection can take a port between our check and the server's bind.
 */
public final class FreePorts {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final Set<Integer> TRIED = new HashSet<>();

  /** Locked files, so that no other JVM gives the same port before a server of ours binds it. */
  private static final List<FileChannel> CLAIMS = new ArrayList<>();

  private FreePorts() {}

  /** A port free on the loopback interface; never the same one twice in this JVM. */
  public static int next() {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      synchronized (TRIED) {
        if (TRIED.add(port) && claim(port) && isFree(port)) {
          return port;
        }
      }
    }
    throw new BedException("no free port between " + LOWEST + " and " + HIGHEST);
  }

  private static boolean claim(int port) {
    try {
      Path claims = Path.of(System.getProperty("java.io.tmpdir"), "nsql-ops-ports");
      Files.createDirectories(claims);
      FileChannel file =
          FileChannel.open(
              claims.resolve(Integer.toString(port)),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (file.tryLock() == null) {
        file.close();
        return false;
      }
      CLAIMS.add(file);
      return true;
    } catch (IOException e) {
      return true; // another user's: then as before
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
