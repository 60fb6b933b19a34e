package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.sink.elasticsearch.DeliveryMetrics;
import io.nsqlops.logs.sink.elasticsearch.ElasticsearchSink;
import io.nsqlops.logs.sink.file.DeadLetterFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shipper as a process of its own, to be killed. The argument is a file with its configuration.
 */
public final class ShipperMain {
  private ShipperMain() {}

  public static void main(String[] args) throws Exception {
    LogsConfig config =
        LogsConfig.from(new JsonMapper().readTree(Files.readString(Path.of(args[0]))), null);
    Path letters = config.stateDirectory().resolve("dead-letters.ndjson");
    try (DeadLetterFile deadLetters = new DeadLetterFile(letters, Clock.systemUTC());
        ElasticsearchSink sink =
            ElasticsearchSink.open(config.elasticsearch(), deadLetters, new DeliveryMetrics())) {
      ShipLogs shipper = new ShipLogs(config, sink, new ShipperMetrics());
      Thread main = Thread.currentThread();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    shipper.stop();
                    try {
                      main.join();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
      shipper.run(Until.STOPPED);
    }
  }
}
