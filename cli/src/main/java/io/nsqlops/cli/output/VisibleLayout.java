package io.nsqlops.cli.output;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The layout of our own log. Messages quote names of files and answers of servers, and exceptions
 * do: both are printed as {@link VisibleText}, so that none can look like a line of the log.
 */
final class VisibleLayout extends PatternLayout {
  VisibleLayout() {
    getInstanceConverterMap().put("msg", Message::new);
    getInstanceConverterMap().put("ex", Exceptions::new);
  }

  private static final class Message extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
      return VisibleText.of(super.convert(event));
    }
  }

  private static final class Exceptions extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
      return super.throwableProxyToString(new VisibleThrowable(thrown));
    }
  }

  /** An exception whose messages are as they are printed, and those of its causes. */
  private record VisibleThrowable(IThrowableProxy thrown) implements IThrowableProxy {
    @Override
    public @Nullable String getMessage() {
      String message = thrown.getMessage();
      return message == null ? null : VisibleText.of(message);
    }

    @Override
    public @Nullable String getOverridingMessage() {
      String message = thrown.getOverridingMessage();
      return message == null ? null : VisibleText.of(message);
    }

    @Override
    public String getClassName() {
      return thrown.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
      return thrown.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
      return thrown.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
      IThrowableProxy cause = thrown.getCause();
      return cause == null ? null : new VisibleThrowable(cause);
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
      return Stream.of(thrown.getSuppressed())
          .map(VisibleThrowable::new)
          .toArray(IThrowableProxy[]::new);
    }

    @Override
    public boolean isCyclic() {
      return thrown.isCyclic();
    }
  }
}
