package io.nsqlops.logs.parse.mysqlslow;

import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A line of the general query log, {@code <time>\t <thread> Command\targument}, as positions. Old
 * versions, and MariaDB, print a second tab in place of the time of the line before.
 */
final class GeneralLine {
  private static final int TIME_LIMIT = 40;

  /** Those that a server writes of clients that connect, as they do all the time. */
  private static final Set<String> COMMANDS =
      Set.of(
          "Binlog Dump",
          "Change user",
          "Close stmt",
          "Connect",
          "Execute",
          "Fetch",
          "Field List",
          "Init DB",
          "Kill",
          "Long Data",
          "Ping",
          "Prepare",
          "Query",
          "Quit",
          "Refresh",
          "Reset Connection",
          "Reset connection",
          "Reset stmt",
          "Set option",
          "Statistics");

  private int timeFrom;
  private int timeTo;
  private int threadFrom;
  private int threadTo;
  private int commandTo;

  /** Reads the beginning of an event; false if it is of another log. */
  boolean read(byte[] s, int from, int to) {
    if (from >= to || (!Digits.isDigit(s[from]) && s[from] != '\t')) {
      return false;
    }
    timeFrom = from;
    timeTo = Ascii.indexOf(s, from, Math.min(to, from + TIME_LIMIT), '\t');
    boolean same = timeTo == from && from + 1 < to && s[from + 1] == '\t';
    if (timeTo < 0 || (!same && !isTime(s))) {
      return false;
    }
    threadFrom = Ascii.skipSpaces(s, same ? timeTo + 2 : timeTo + 1, to);
    threadTo = Digits.end(s, threadFrom, to);
    if (threadTo == threadFrom || threadTo == to || s[threadTo] != ' ') {
      return false;
    }
    commandTo = threadTo + 1;
    while (commandTo < to && isPart(s[commandTo])) {
      commandTo++;
    }
    return commandTo > threadTo + 1 && commandTo < to && s[commandTo] == '\t';
  }

  private boolean isTime(byte[] s) {
    return Instants.rfc3339(s, timeFrom, timeTo) != Instants.NONE
        || (timeTo - timeFrom == SlowTime.LENGTH && SlowTime.local(s, timeFrom, timeTo) >= 0);
  }

  /** Names of commands are words: {@code Init DB}. */
  private static boolean isPart(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == ' ';
  }

  /** Whether the command is one of every day: other programs write lines of this form, too. */
  boolean isKnown(byte[] s) {
    return COMMANDS.contains(
        new String(s, commandFrom(), commandTo - commandFrom(), StandardCharsets.ISO_8859_1));
  }

  /** Whether the time is not told: it is that of the line before. */
  boolean isTimeless() {
    return timeFrom == timeTo;
  }

  int timeFrom() {
    return timeFrom;
  }

  int timeTo() {
    return timeTo;
  }

  int threadFrom() {
    return threadFrom;
  }

  int threadTo() {
    return threadTo;
  }

  int commandFrom() {
    return threadTo + 1;
  }

  int commandTo() {
    return commandTo;
  }

  int argument() {
    return commandTo + 1;
  }
}
