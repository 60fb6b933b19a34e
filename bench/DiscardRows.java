import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads every row of the given tables and drops it, a table at a time per thread, as binary rows or
 * as text: what a server's side of a dump costs at least. For bench/dump_load.py.
 */
public final class DiscardRows {
  public static void main(String[] arguments) throws Exception {
    boolean binary = arguments[0].equals("binary");
    int port = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    var tables =
        new ConcurrentLinkedQueue<>(List.of(arguments).subList(3, arguments.length));
    var pool = Executors.newFixedThreadPool(threads);
    List<Future<Long>> readers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      readers.add(pool.submit(reader(port, binary, tables)));
    }
    long rows = 0;
    for (Future<Long> reader : readers) {
      rows += reader.get();
    }
    pool.shutdown();
    System.out.println(rows);
  }

  private static Callable<Long> reader(
      int port, boolean binary, ConcurrentLinkedQueue<String> tables) {
    return () -> {
      long rows = 0;
      String url = "jdbc:mysql://127.0.0.1:" + port + "/?useServerPrepStmts=" + binary;
      try (var connection = DriverManager.getConnection(url, "root", "")) {
        for (String table = tables.poll(); table != null; table = tables.poll()) {
          try (PreparedStatement read = connection.prepareStatement("SELECT * FROM " + table)) {
            read.setFetchSize(Integer.MIN_VALUE); // as they come, none kept
            try (var result = read.executeQuery()) {
              while (result.next()) {
                rows++;
              }
            }
          }
        }
      }
      return rows;
    };
  }
}
