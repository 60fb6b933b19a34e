package io.nsqlops.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StderrLoggingTest {
  private static final String EVIL =
      "a.log\u001b[2K\n2026-01-01T00:00:00.000Z ERROR Forged: x\t\u202ed";
  private static final String SEEN =
      "a.log\\u001b[2K\\n2026-01-01T00:00:00.000Z ERROR Forged: x\\t\\u202ed";

  @Test
  void whatMessagesQuoteIsToBeSeenAndStaysOnTheLine() {
    List<String> lines = printed(null, EVIL);
    assertThat(lines).singleElement().asString().endsWith(" WARN  Name: " + SEEN + " is odd");
  }

  @Test
  void soIsWhatExceptionsQuote() {
    IllegalStateException thrown = new IllegalStateException(EVIL, new IOException(EVIL));
    List<String> lines = printed(thrown, "é");
    assertThat(lines.get(0)).endsWith(" WARN  Name: é is odd");
    assertThat(lines.get(1)).isEqualTo("java.lang.IllegalStateException: " + SEEN);
    assertThat(lines).contains("Caused by: java.io.IOException: " + SEEN);
    assertThat(lines).noneMatch(line -> line.startsWith("2026-01-01T00:00:00.000Z"));
  }

  private static List<String> printed(@Nullable Throwable thrown, String name) {
    LoggerContext context = new LoggerContext();
    StderrLogging logging = new StderrLogging();
    logging.setContext(context);
    logging.configure(context);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) root.getAppender("stderr");
    Logger logger = context.getLogger("io.nsqlops.Name");
    LoggingEvent event =
        new LoggingEvent("x", logger, Level.WARN, "{} is odd", thrown, new Object[] {name});
    String text = new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    context.stop();
    return text.lines().toList();
  }
}
