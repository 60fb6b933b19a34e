import io.nsqlops.testbeds.server.ElasticsearchServer;
import java.nio.file.Path;

/**
 * Starts the Elasticsearch of the test beds in a directory, prints its address and stops it when
 * the standard input ends. For bench/ship_logs.py.
 */
public final class RealElasticsearch {
  public static void main(String[] arguments) throws Exception {
    try (ElasticsearchServer server = ElasticsearchServer.start(Path.of(arguments[0]))) {
      System.out.println(server.uri());
      System.in.read();
    }
  }
}
