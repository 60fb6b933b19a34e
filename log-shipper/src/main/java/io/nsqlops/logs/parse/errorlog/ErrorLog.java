package io.nsqlops.logs.parse.errorlog;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.EntrypointLine;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.LocalClock;
import java.time.ZoneId;

/**
 * The text of an error log of MySQL or MariaDB: events that begin with a header, and lines without
 * one, such as banners and stacks, that belong to the event before.
 */
public final class ErrorLog {
  /** MySQL's name of the part of the server that tells. */
  public static final EcsField SUBSYSTEM = new EcsField("mysql.subsystem");

  private static final byte[] CODE = Ascii.bytes("[MY-");
  private static final int CODE_LENGTH = 11;

  private final ErrorLogHeader header = new ErrorLogHeader();
  private final LocalClock clock;
  private final boolean dating;
  private final CrashTime crash = new CrashTime();

  /**
   * @param zone of times that carry none
   * @param dating whether the day is found out where a report of a crash does not tell it: a
   *     container runtime knows the time without a guess
   */
  public ErrorLog(ZoneId zone, boolean dating) {
    this.clock = new LocalClock(zone);
    this.dating = dating;
  }

  /** Tells when what is read next was written, as {@link LineFormat#written} does. */
  public void written(long after, long by) {
    crash.written(after, by);
  }

  /** What a line is to the events around it. */
  public LineRole role(byte[] text, int from, int to) {
    return header.read(text, from, to) || EntrypointLine.is(text, from, to)
        ? LineRole.STARTS
        : LineRole.CONTINUES;
  }

  /** Whether an event begins here whose time is local, or one whose time is not. */
  public boolean begins(boolean local, byte[] text, int from, int to) {
    return header.read(text, from, to) && header.isLocal() == local;
  }

  /** Writes the fields of an event. */
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    if (!header.read(text, from, to)) {
      if (EntrypointLine.is(text, from, to)) {
        EntrypointLine.parse(text, from, to, document);
      } else {
        Degraded.whole(text, from, to, document);
      }
      return;
    }
    if (!time(document)) {
      Degraded.whole(text, from, to, document);
      return;
    }
    document.level(header.severity());
    thread(text, document);
    int message = header.message();
    if (header.isLabelled()) {
      message = codeAndSubsystem(text, message, to, document);
    }
    document.text(EcsField.MESSAGE, text, message, to);
  }

  /** Writes the time if it is known; false if it is before 1970, which nothing of this is. */
  private boolean time(EcsDocument document) {
    if (header.timeOfDay() >= 0) {
      long second = dating ? crash.second(header.timeOfDay()) : -1;
      if (second >= 0) {
        document.timestamp(second, 0);
      }
      return true;
    }
    long told = Instants.second(header.time());
    long second = header.isLocal() ? clock.utcSecond(told) : told;
    if (second < 0) {
      return false;
    }
    crash.event(second, !header.isLocal());
    document.timestamp(second, Instants.nanos(header.time()));
    return true;
  }

  private void thread(byte[] s, EcsDocument document) {
    int from = header.threadFrom();
    int to = header.threadTo();
    if (from < to) {
      // the field of ids takes decimal numbers only
      boolean decimal = Digits.end(s, from, to) == to;
      document.text(decimal ? EcsField.THREAD_ID : EcsField.THREAD_NAME, s, from, to);
    }
  }

  /**
   * Writes what {@code [MY-NNNNNN] [Subsystem] } tells, if that comes next: the message itself may
   * be in brackets. Returns where the message begins.
   */
  private static int codeAndSubsystem(byte[] s, int from, int to, EcsDocument document) {
    int end = from + CODE_LENGTH;
    boolean coded =
        end + 2 < to
            && Ascii.startsWith(s, from, to, CODE)
            && Digits.end(s, from + CODE.length, end - 1) == end - 1
            && s[end - 1] == ']'
            && s[end] == ' '
            && s[end + 1] == '[';
    if (!coded) {
      return from;
    }
    document.text(EcsField.ERROR_CODE, s, from + 1, end - 1);
    int subsystem = end + 2;
    int subsystemEnd = Ascii.indexOf(s, subsystem, to, ']');
    if (subsystemEnd < 0) {
      return end + 1;
    }
    document.text(SUBSYSTEM, s, subsystem, subsystemEnd);
    int message = subsystemEnd + 1;
    return message < to && s[message] == ' ' ? message + 1 : message;
  }
}
