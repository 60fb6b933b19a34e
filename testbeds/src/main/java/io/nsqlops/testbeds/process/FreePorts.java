package io.nsqlops.testbeds.process;

import io.nsqlops.testbeds.BedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
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
  private static final Set<Integer> GIVEN = new HashSet<>();

  private FreePorts() {}

  /** A port free on the loopback interface; never the same one twice in this JVM. */
  public static int next() {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      synchronized (GIVEN) {
        if (isFree(port) && GIVEN.add(port)) {
          return port;
        }
      }
    }
    throw new BedException("no free port between " + LOWEST + " and " + HIGHEST);
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
