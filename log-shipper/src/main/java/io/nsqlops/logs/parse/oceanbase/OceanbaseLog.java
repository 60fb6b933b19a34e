package io.nsqlops.logs.parse.oceanbase;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.TextCursor;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code [time] LEVEL [MOD] function (file:line) [tid][thread][T<tenant>][<trace>] [lt=N]
 * [errcode=N] message}, where versions and kinds of log leave parts out.
 */
public final class OceanbaseLog implements LineFormat {
  private static final EcsField MODULE = new EcsField("oceanbase.module");
  private static final EcsField LATENCY = new EcsField("oceanbase.lt_us");
  private static final EcsField DROPPED = new EcsField("oceanbase.dc");
  private static final byte[] LT = "[lt=".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DC = "[dc=".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERRCODE = "[errcode=".getBytes(StandardCharsets.US_ASCII);

  private final String dataset;
  private final OceanbaseTime time;
  private final AlertLine alert;
  private final ThreadGroups groups = new ThreadGroups();
  private final TextCursor cursor = new TextCursor();

  /**
   * Makes one for a file.
   *
   * @param kind which of the logs: {@code observer}, {@code rootservice}, {@code election}, {@code
   *     trace} or {@code alert}
   */
  public OceanbaseLog(String kind, ZoneId zone) {
    dataset = "oceanbase." + kind;
    time = new OceanbaseTime(zone);
    alert = new AlertLine(time);
  }

  @Override
  public String name() {
    return "oceanbase";
  }

  @Override
  public String dataset() {
    return dataset;
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    boolean starts =
        isHeader(text, from, to)
            || AlertLine.isAlert(text, from, to)
            || CrashLine.is(text, from, to);
    return starts ? LineRole.STARTS : LineRole.CONTINUES;
  }

  private static boolean isHeader(byte[] s, int from, int to) {
    int end = from + OceanbaseTime.LENGTH + 1;
    return end + 2 < to
        && s[from] == '['
        && s[end] == ']'
        && s[end + 1] == ' '
        && OceanbaseTime.isAt(s, from + 1, to)
        && (s[end + 2] == '['
            || OceanbaseLevel.at(s, end + 2, to) != null
            || hasOrigin(s, end + 2, to));
  }

  /** Whether {@code function (file:line) [thread} comes next: obproxy's trace prints no level. */
  private static boolean hasOrigin(byte[] s, int from, int to) {
    int open = Ascii.indexOf(s, from, to, '(');
    int close = open < 0 ? -1 : Ascii.indexOf(s, open, to, ')');
    return close > 0
        && Ascii.indexOf(s, from, open, ' ') == open - 1
        && open - 1 > from
        && Digits.isDigit(s[close - 1])
        && close + 3 < to
        && s[close + 1] == ' '
        && s[close + 2] == '['
        && Digits.isDigit(s[close + 3]);
  }

  @Override
  public boolean timesLackZone() {
    return true;
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    if (AlertLine.isAlert(text, from, to)) {
      alert.parse(text, from, to, document);
      return;
    }
    if (CrashLine.is(text, from, to)) {
      CrashLine.parse(text, from, to, document);
      return;
    }
    long instant = isHeader(text, from, to) ? time.read(text, from + 1) : Instants.NONE;
    if (instant == Instants.NONE) {
      Degraded.whole(text, from, to, document);
      return;
    }
    document.timestamp(Instants.second(instant), Instants.nanos(instant));
    cursor.over(text, from, to);
    cursor.moveTo(from + OceanbaseTime.LENGTH + 3);
    OceanbaseLevel level = OceanbaseLevel.at(text, cursor.at(), to);
    if (level != null) {
      document.level(level.severity());
      cursor.moveTo(cursor.at() + level.length());
      cursor.skipSpaces();
    }
    if (level != null || cursor.peek() != '[') {
      moduleAndOrigin(text, document);
    }
    groups.read(text, cursor, to, document);
    boolean coded = measures(text, document);
    if (!coded && level != null && level.severity().compareTo(Severity.WARN) >= 0) {
      returnCode(text, cursor.at(), to, document);
    }
    document.text(EcsField.MESSAGE, text, cursor.at(), to);
  }

  /** {@code [MOD] function (file:line)}, or {@code [MOD] file:line} in version 3. */
  private void moduleAndOrigin(byte[] s, EcsDocument document) {
    int module = cursor.at();
    if (cursor.skipBrackets()) {
      document.text(MODULE, s, module + 1, cursor.at() - 1);
      cursor.skipSpaces();
    }
    int start = cursor.at();
    int bracket = cursor.find('[');
    if (bracket <= start || s[bracket - 1] != ' ') {
      cursor.moveTo(start);
      return;
    }
    int end = bracket - 1;
    int open = end - 1;
    while (open > start && s[open] != '(') {
      open--;
    }
    boolean named = open > start + 1 && s[open - 1] == ' ';
    if (s[end - 1] != ')' || s[open] != '(' || (open > start && !named)) {
      origin(s, start, end, document);
      return;
    }
    if (named) {
      document.text(EcsField.ORIGIN_FUNCTION, s, start, open - 1);
    }
    origin(s, open + 1, end - 1, document);
  }

  static void origin(byte[] s, int from, int to, EcsDocument document) {
    int digits = to;
    while (digits > from && Digits.isDigit(s[digits - 1])) {
      digits--;
    }
    long line = Digits.number(s, digits, to);
    boolean numbered = line >= 0 && digits - 1 > from && s[digits - 1] == ':';
    document.text(EcsField.ORIGIN_FILE, s, from, numbered ? digits - 1 : to);
    if (numbered) {
      document.number(EcsField.ORIGIN_LINE, line);
    }
  }

  /** {@code [lt=N]}, {@code [dc=N]} and {@code [errcode=N]}; whether there was an error code. */
  private boolean measures(byte[] s, EcsDocument document) {
    boolean coded = false;
    Set<EcsField> written = new HashSet<>();
    cursor.skipSpaces();
    while (cursor.peek() == '[') {
      int start = cursor.at();
      EcsField field = measure();
      int value = cursor.at();
      boolean closed = field != null && cursor.find(']') >= 0;
      int end = cursor.at();
      boolean isCode = field == EcsField.ERROR_CODE;
      boolean valid = closed && (isCode || Digits.number(s, value, end) >= 0);
      if (!valid || !written.add(Objects.requireNonNull(field))) {
        cursor.moveTo(start);
        return coded;
      }
      cursor.skip(']');
      cursor.skipSpaces();
      if (isCode) {
        coded = end - value != 1 || s[value] != '0';
        if (coded) {
          document.text(field, s, value, end);
        }
      } else {
        document.number(field, Digits.number(s, value, end));
      }
    }
    return coded;
  }

  private @Nullable EcsField measure() {
    if (cursor.skip(LT)) {
      return LATENCY;
    }
    if (cursor.skip(DC)) {
      return DROPPED;
    }
    return cursor.skip(ERRCODE) ? EcsField.ERROR_CODE : null;
  }

  /** The code of a message that says {@code ret=-4016}. */
  private static void returnCode(byte[] s, int from, int to, EcsDocument document) {
    for (int i = from; i + 5 < to; i++) {
      if (s[i] == 'r' && s[i + 1] == 'e' && s[i + 2] == 't' && s[i + 3] == '=' && s[i + 4] == '-') {
        int end = Digits.end(s, i + 5, to);
        boolean whole = i == from || (!Character.isLetterOrDigit(s[i - 1]) && s[i - 1] != '_');
        if (whole && end > i + 5) {
          document.text(EcsField.ERROR_CODE, s, i + 4, end);
          return;
        }
      }
    }
  }
}
