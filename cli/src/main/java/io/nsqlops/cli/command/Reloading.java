package io.nsqlops.cli.command;

import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.config.ConfigFile;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.flow.ShipLogs;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration again when asked to, and has the shipper begin again with it. A
 * configuration that cannot be used changes nothing.
 */
final class Reloading {
  private final Path file;
  private final Consumer<LogsConfig> trial;
  private final Consumer<String> say;
  private final Runnable failed;
  private LogsConfig config;
  private @Nullable ShipLogs shipper;
  private boolean again;
  private boolean ended;

  /**
   * @param trial throws what a shipper with this configuration would, for secrets and certificates
   *     are read by then only
   * @param failed called when the configuration cannot be used
   */
  Reloading(
      Path file,
      LogsConfig config,
      Consumer<LogsConfig> trial,
      Consumer<String> say,
      Runnable failed) {
    this.failed = failed;
    this.file = file;
    this.trial = trial;
    this.config = config;
    this.say = say;
  }

  /** The shipper at work, to be stopped and replaced by the next. */
  synchronized void restartBy(ShipLogs current) {
    shipper = current;
    if (ended || again) {
      // asked for while no shipper was at work
      current.stop();
    }
  }

  /** A signal came. */
  synchronized void wanted() {
    ShipLogs current = shipper;
    if (current == null || ended) {
      return;
    }
    try {
      LogsConfig read =
          ConfigFile.read(file)
              .logs()
              .orElseThrow(() -> new IllegalArgumentException("it has no logs section any more"));
      if (!config.stateDirectory().equals(read.stateDirectory())
          || !java.util.Objects.equals(config.listen(), read.listen())) {
        say.accept("logs.state-directory and logs.listen change with a restart only");
      }
      LogsConfig usable =
          new LogsConfig(
              config.stateDirectory(),
              read.namespace(),
              read.host(),
              read.sources(),
              read.elasticsearch(),
              read.delivery(),
              read.statusEvery(),
              config.listen());
      trial.accept(usable);
      config = usable;
      again = true;
      say.accept("the configuration was read again");
      current.stop();
    } catch (LogsException e) {
      notUsed(e.told());
    } catch (OpsException e) {
      notUsed(String.join(" ", e.lines()));
    } catch (IllegalArgumentException e) {
      notUsed(String.valueOf(e.getMessage()));
    }
  }

  private void notUsed(String why) {
    failed.run();
    say.accept("the configuration is not used, shipping goes on as before: " + why);
  }

  /** Shipping is to end for good. */
  synchronized void end(ShipLogs current) {
    ended = true;
    again = false;
    current.stop();
  }

  synchronized boolean isAgain() {
    return again;
  }

  /** The configuration of the next shipper. */
  synchronized LogsConfig next() {
    again = false;
    return config;
  }
}
