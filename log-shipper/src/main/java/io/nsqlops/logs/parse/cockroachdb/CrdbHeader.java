package io.nsqlops.logs.parse.cockroachdb;

import io.nsqlops.logs.model.CivilTime;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.TextCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The prefix of a line: {@code Lyymmdd hh:mm:ss.uuuuuu goid [chan@]file:line marker [tags]
 * counter}, as positions. In version 2 every physical line of an entry repeats it, and one more
 * character tells how the line continues the entry.
 */
final class CrdbHeader {
  /** In place of that character: a line of version 1. */
  static final int VERSION_1 = -1;

  private static final int TIME_LENGTH = 23;
  private static final byte[] REDACTABLE = {(byte) 0xe2, (byte) 0x8b, (byte) 0xae};
  private static final byte[] GO_STANDARD = {'(', 'g', 'o', 's', 't', 'd', ')', ' '};

  private final TextCursor cursor = new TextCursor();
  private long time;
  private Span goroutine = Span.NONE;
  private Span channel = Span.NONE;
  private Span file = Span.NONE;
  private Span tags = Span.NONE;
  private Span counter = Span.NONE;
  private boolean redactable;
  private int continuation;
  private int payload;

  /** Bytes {@code [from, to)} of the text. */
  record Span(int from, int to) {
    static final Span NONE = new Span(0, 0);

    boolean isEmpty() {
      return from == to;
    }
  }

  /** Reads the prefix of a line; false if it has none. */
  boolean read(byte[] s, int from, int to) {
    time = time(s, from, to);
    if (time == Instants.NONE) {
      return false;
    }
    cursor.over(s, from, to);
    cursor.moveTo(from + TIME_LENGTH + 1);
    int start = cursor.at();
    int digits = cursor.skipDigits();
    goroutine = new Span(start, start + digits);
    if (digits == 0 || !cursor.skip(' ')) {
      return false;
    }
    cursor.skip(GO_STANDARD);
    channelAndFile();
    if (file.isEmpty() || !isFile(s)) {
      return false;
    }
    cursor.skip(' ');
    redactable = cursor.skip(REDACTABLE);
    cursor.skip(' ');
    tagsAndCounter();
    return true;
  }

  private void channelAndFile() {
    int start = cursor.at();
    int digits = cursor.skipDigits();
    channel = new Span(start, start + digits);
    if (digits == 0 || !cursor.skip('@')) {
      channel = Span.NONE;
      cursor.moveTo(start);
    }
    int begin = cursor.at();
    int end = cursor.find(' ');
    file = end < 0 ? Span.NONE : new Span(begin, end);
  }

  private boolean isFile(byte[] s) {
    int i = file.to() - 1;
    while (i > file.from() && Digits.isDigit(s[i])) {
      i--;
    }
    return i > file.from() && i < file.to() - 1 && s[i] == ':';
  }

  private void tagsAndCounter() {
    int start = cursor.at();
    tags = Span.NONE;
    boolean tagged = cursor.skipBrackets();
    int end = cursor.at();
    tagged &= cursor.skip(' ');
    if (tagged) {
      tags = new Span(start + 1, end - 1);
    } else {
      cursor.moveTo(start);
    }
    int number = cursor.at();
    int digits = cursor.skipDigits();
    counter = new Span(number, number + digits);
    if (!cursor.skip(' ')) {
      // A message of version 1 that begins with a digit, or one without counter.
      counter = Span.NONE;
      cursor.moveTo(number);
    }
    int mark = tagged ? cursor.peek() : VERSION_1;
    boolean second = mark == ' ' || mark == '=' || mark == '!' || mark == '+' || mark == '|';
    continuation = second ? mark : VERSION_1;
    payload = second ? cursor.at() + 1 : cursor.at();
  }

  private static long time(byte[] s, int from, int to) {
    if (to - from < TIME_LENGTH + 4 || severity(s[from]) == null) {
      return Instants.NONE;
    }
    int year = Digits.fixed(s, from + 1, 2);
    int month = Digits.fixed(s, from + 3, 2);
    int day = Digits.fixed(s, from + 5, 2);
    int second = Instants.time(s, from + 8);
    int fraction = from + 17;
    boolean shaped =
        year >= 0
            && CivilTime.isDate(2000 + year, month, day)
            && second >= 0
            && s[from + 7] == ' '
            && s[from + 16] == '.'
            && Digits.end(s, fraction, fraction + 6) == fraction + 6
            && s[from + TIME_LENGTH] == ' ';
    if (!shaped) {
      return Instants.NONE;
    }
    long utc = CivilTime.epochDay(2000 + year, month, day) * 86_400 + second;
    return Instants.pack(utc, Instants.fraction(s, fraction, fraction + 6));
  }

  static @Nullable Severity severity(int letter) {
    return switch (letter) {
      case 'I' -> Severity.INFO;
      case 'W' -> Severity.WARN;
      case 'E' -> Severity.ERROR;
      case 'F' -> Severity.FATAL;
      default -> null;
    };
  }

  long time() {
    return time;
  }

  Span goroutine() {
    return goroutine;
  }

  Span channel() {
    return channel;
  }

  /** {@code file:line}. */
  Span file() {
    return file;
  }

  /** Between the brackets; empty if there are none. */
  Span tags() {
    return tags;
  }

  Span counter() {
    return counter;
  }

  /** Whether sensitive data is marked. */
  boolean isRedactable() {
    return redactable;
  }

  /** Whether both are prefixes of one entry: severity, time, goroutine, file and counter agree. */
  boolean isOfEntry(byte[] s, CrdbHeader other, byte[] otherText) {
    int from = goroutine.from() - TIME_LENGTH - 1;
    int otherFrom = other.goroutine.from() - TIME_LENGTH - 1;
    return Arrays.equals(s, from, file.to(), otherText, otherFrom, other.file.to())
        && Arrays.equals(
            s, counter.from(), counter.to(), otherText, other.counter.from(), other.counter.to());
  }

  /** How the payload continues the entry, or {@link #VERSION_1}. */
  int continuation() {
    return continuation;
  }

  int payload() {
    return payload;
  }

  /** Whether this line begins an entry. */
  boolean begins() {
    return continuation == VERSION_1 || continuation == ' ' || continuation == '=';
  }
}
