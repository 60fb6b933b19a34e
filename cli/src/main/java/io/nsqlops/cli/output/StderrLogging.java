package io.nsqlops.cli.output;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Logs to stderr, warnings only unless {@code -v} asks for more. Set up in code, because reading an
 * XML file costs as much as the rest of a small command.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class StderrLogging extends ContextAwareBase implements Configurator {
  private static final String PROPERTY = "nsqlops.verbosity";
  private static final List<String> CHATTY =
      List.of("software.amazon", "org.quartz", "org.elasticsearch", "io.fabric8", "org.apache");

  /** To be called before the first logger is asked for. */
  public static void verbosity(int level) {
    System.setProperty(PROPERTY, Integer.toString(level));
  }

  /** No more is logged: for a process that is broken off, whose libraries complain of it. */
  public static void silence() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
      CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    }
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    int verbosity = Integer.getInteger(PROPERTY, 0);
    VisibleLayout layout = new VisibleLayout();
    layout.setContext(context);
    layout.setPattern(
        "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0}: %msg%n%ex{"
            + (verbosity == 0 ? "short" : "full")
            + "}");
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(verbosity == 0 ? Level.WARN : verbosity == 1 ? Level.INFO : Level.DEBUG);
    root.addAppender(appender);
    if (verbosity == 0) {
      // It repeats, with every answer, what a server says in Warning headers.
      context.getLogger("co.elastic.clients").setLevel(Level.ERROR);
    }
    if (verbosity < 3) {
      // It warns of being loaded from where we put it.
      context.getLogger("com.intel.gkl").setLevel(Level.ERROR);
      CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
