package io.nsqlops.backup.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy before a real server that loses replies (the server has done its work, the client
 * never hears of it) and damages uploads.
 */
final class CuttingProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger repliesToLose = new AtomicInteger();
  private final AtomicInteger repliesToCutShort = new AtomicInteger();
  private final AtomicInteger uploadsToDamage = new AtomicInteger();
  private volatile boolean hidingConditions;

  CuttingProxy(URI target) throws IOException {
    this.target = new InetSocketAddress(target.getHost(), target.getPort());
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Connections end when the server's reply begins to arrive, so many times. */
  void loseReplies(int count) {
    repliesToLose.set(count);
  }

  /** Connections end when more than a few KiB of a reply were passed on, so many times. */
  void cutRepliesShort(int count) {
    repliesToCutShort.set(count);
  }

  /** One bit of an upload beyond its first 64 KiB flips, so many times. */
  void damageUploads(int count) {
    uploadsToDamage.set(count);
  }

  /** Makes the server behind ignore {@code If-None-Match}; it must not check signatures. */
  void hideConditions() {
    hidingConditions = true;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket();
        sockets.add(client);
        sockets.add(server);
        server.connect(target);
        threads.execute(() -> pump(client, server, false));
        threads.execute(() -> pump(server, client, true));
      } catch (IOException e) {
        // The listener was closed, or one connection failed: its client will notice.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean isReply) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int length;
      long passed = 0;
      while ((length = in.read(buffer)) >= 0) {
        if (isReply && countDown(repliesToLose)) {
          return;
        }
        if (!isReply && passed > 64 * 1024 && countDown(uploadsToDamage)) {
          buffer[0] ^= 1;
        }
        out.write(isReply ? buffer : withoutConditions(buffer, length), 0, length);
        out.flush();
        passed += length;
        if (isReply && passed > 32 * 1024 && countDown(repliesToCutShort)) {
          return;
        }
      }
    } catch (IOException e) {
      // One side went away; closing both is all that is left to do.
    }
  }

  private static boolean countDown(AtomicInteger counter) {
    return counter.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  private byte[] withoutConditions(byte[] buffer, int length) {
    if (!hidingConditions) {
      return buffer;
    }
    String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    return text.replaceAll("(?i)if-none-match:", "x-hidden-this:")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
