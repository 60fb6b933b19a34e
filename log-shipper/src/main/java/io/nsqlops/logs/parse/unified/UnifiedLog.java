package io.nsqlops.logs.parse.unified;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.model.Tag;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.GoCrash;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import java.util.Arrays;
import java.util.Optional;

/**
 * The unified log format. Keys and values go, as strings, into one flattened object of the
 * component, so that no value can ever conflict with a mapping.
 *
 * <p>Old PD and Go versions print values with broken quoting: then everything from the broken
 * section on is kept at the end of the message.
 */
public final class UnifiedLog implements LineFormat {
  private static final byte[] THREAD_ID = {'t', 'h', 'r', 'e', 'a', 'd', '_', 'i', 'd'};

  private static final byte[] SOURCE = {'s', 'o', 'u', 'r', 'c', 'e'};

  private final Component component;
  private final EcsField fields;
  private final Tokens tokens = new Tokens();

  public UnifiedLog(Component component) {
    this.component = component;
    this.fields = new EcsField(component.key() + ".fields");
  }

  @Override
  public String name() {
    return component.key();
  }

  @Override
  public String dataset() {
    return component.dataset();
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    return UnifiedHeader.time(text, from, to) == Instants.NONE
            && !UnifiedJson.recognises(text, from, to)
        ? LineRole.CONTINUES
        : LineRole.ALONE;
  }

  /** Many programs write JSON with a level: only a whole line of this format counts. */
  @Override
  public boolean recognises(byte[] text, int from, int to) {
    return UnifiedHeader.time(text, from, to) != Instants.NONE
        || UnifiedJson.isCertain(text, from, to);
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    if (UnifiedJson.recognises(text, from, to)) {
      UnifiedJson.parse(text, from, to, fields, document);
      return;
    }
    long time = UnifiedHeader.time(text, from, to);
    if (time == Instants.NONE) {
      withoutHeader(text, from, to, document);
      return;
    }
    int level = UnifiedHeader.levelStart(from);
    int levelEnd = UnifiedHeader.sectionEnd(text, level, to);
    Optional<Severity> severity =
        levelEnd < 0 ? Optional.empty() : UnifiedHeader.level(text, level + 1, levelEnd - 1);
    int origin = levelEnd + 1;
    int originEnd = severity.isEmpty() ? -1 : UnifiedHeader.sectionEnd(text, origin, to);
    if (originEnd < 0 || text[levelEnd] != ' ' || (originEnd < to && text[originEnd] != ' ')) {
      Degraded.whole(text, from, to, document);
      document.timestamp(Instants.second(time), Instants.nanos(time));
      return;
    }
    document.timestamp(Instants.second(time), Instants.nanos(time));
    document.level(severity.get());
    int caller = callerBehindLogger(text, origin, originEnd, to);
    if (caller > 0) {
      document.text(EcsField.LOGGER, text, origin + 1, originEnd - 1);
      origin = caller;
      originEnd = UnifiedHeader.sectionEnd(text, caller, to);
    }
    origin(text, origin + 1, originEnd - 1, document);
    body(text, Math.min(originEnd + 1, to), to, caller > 0, document);
  }

  /** What did not come through the logger: the report of a crash, or something unknown. */
  private static void withoutHeader(byte[] text, int from, int to, EcsDocument document) {
    if (GoCrash.is(text, from, to)) {
      document.level(Severity.FATAL);
      document.text(EcsField.MESSAGE, text, from, to);
    } else {
      Degraded.whole(text, from, to, document);
    }
  }

  /**
   * TiProxy prints the name of the logger in front of the file. Where the section behind that of
   * the file is one, this returns its beginning; else -1.
   */
  private int callerBehindLogger(byte[] s, int origin, int originEnd, int to) {
    if (UnifiedHeader.isOrigin(s, origin, originEnd) || component == Component.TIFLASH) {
      return -1;
    }
    int caller = originEnd + 1;
    int end = UnifiedHeader.sectionEnd(s, caller, to);
    boolean file =
        end > 0
            && UnifiedHeader.isOrigin(s, caller, end)
            && Ascii.indexOf(s, caller, end, '.') > 0
            && (end == to || s[end] == ' ');
    return file ? caller : -1;
  }

  static void origin(byte[] s, int from, int to, EcsDocument document) {
    int digits = to;
    while (digits > from && Digits.isDigit(s[digits - 1])) {
      digits--;
    }
    long line = Digits.number(s, digits, to);
    if (line >= 0 && digits - 1 > from && s[digits - 1] == ':') {
      document.text(EcsField.ORIGIN_FILE, s, from, digits - 1);
      document.number(EcsField.ORIGIN_LINE, line);
    } else {
      document.text(EcsField.ORIGIN_FILE, s, from, to);
    }
  }

  /**
   * @param raw whether the message is printed as it is, whatever is in it: TiProxy does
   */
  private void body(byte[] s, int from, int to, boolean raw, EcsDocument document) {
    int understood = raw ? tokens.scanRaw(s, from, to) : tokens.scan(s, from, to);
    document.openText(EcsField.MESSAGE);
    if (tokens.hasMessage()) {
      token(s, 0, document);
    }
    if (understood < to) {
      if (tokens.hasMessage()) {
        document.raw(' ');
      }
      document.appendText(s, understood, to);
      document.tag(Tag.PARSE_PARTIAL);
    }
    document.closeText();
    pairs(s, document);
  }

  private void pairs(byte[] s, EcsDocument document) {
    int pairs = tokens.pairs();
    if (pairs == 0) {
      return;
    }
    int last = pairs - 1;
    if (isThreadId(s, last)) {
      int value = Tokens.value(last);
      document.number(EcsField.THREAD_ID, Digits.number(s, tokens.start(value), tokens.end(value)));
      pairs = last;
    }
    if (pairs > 0 && component == Component.TIFLASH && isLogger(s, pairs - 1)) {
      pairs--;
      document.openText(EcsField.LOGGER);
      token(s, Tokens.value(pairs), document);
      document.closeText();
    }
    if (pairs == 0) {
      return;
    }
    errorCode(s, pairs, document);
    document.openObject(fields);
    boolean mayRepeat = mayRepeat(s, pairs);
    for (int pair = 0; pair < pairs; pair++) {
      if (!mayRepeat || !isRepetition(s, pair)) {
        document.openKey();
        token(s, Tokens.key(pair), document);
        document.openValue();
        values(s, pair, mayRepeat ? pairs : pair + 1, document);
      }
    }
    document.closeObject();
  }

  /** Whether keys may be the same: if not, which is the rule, each is looked at once. */
  private boolean mayRepeat(byte[] s, int pairs) {
    long seen = 0;
    for (int pair = 0; pair < pairs; pair++) {
      int start = tokens.start(Tokens.key(pair));
      int end = tokens.end(Tokens.key(pair));
      if (start == end) {
        return true;
      }
      long bit = 1L << (s[start] * 3 + s[end - 1] * 5 + end - start);
      if ((seen & bit) != 0) {
        return true;
      }
      seen |= bit;
    }
    return false;
  }

  private void errorCode(byte[] s, int pairs, EcsDocument document) {
    for (int pair = 0; pair < pairs; pair++) {
      int key = Tokens.key(pair);
      int value = Tokens.value(pair);
      if (ErrorCode.isKey(s, tokens.start(key), tokens.end(key))
          && ErrorCode.write(s, tokens.start(value), tokens.end(value), document)) {
        return;
      }
    }
  }

  /** Writes the value; or an array, if the key is repeated: JSON must not repeat keys. */
  private void values(byte[] s, int pair, int pairs, EcsDocument document) {
    boolean repeated = false;
    for (int later = pair + 1; later < pairs; later++) {
      if (sameKey(s, pair, later)) {
        if (!repeated) {
          document.raw('[');
          value(s, pair, document);
          repeated = true;
        }
        document.raw(',');
        value(s, later, document);
      }
    }
    if (repeated) {
      document.raw(']');
    } else {
      value(s, pair, document);
    }
  }

  private void value(byte[] s, int pair, EcsDocument document) {
    document.raw('"');
    token(s, Tokens.value(pair), document);
    document.raw('"');
  }

  private void token(byte[] s, int token, EcsDocument document) {
    if (tokens.isQuoted(token)) {
      document.appendJsonText(s, tokens.start(token), tokens.end(token));
    } else {
      document.appendText(s, tokens.start(token), tokens.end(token));
    }
  }

  private boolean isRepetition(byte[] s, int pair) {
    for (int earlier = 0; earlier < pair; earlier++) {
      if (sameKey(s, earlier, pair)) {
        return true;
      }
    }
    return false;
  }

  private boolean sameKey(byte[] s, int a, int b) {
    int ka = Tokens.key(a);
    int kb = Tokens.key(b);
    int length = tokens.end(ka) - tokens.start(ka);
    return length == tokens.end(kb) - tokens.start(kb)
        && s[tokens.start(ka)] == s[tokens.start(kb)]
        && Arrays.equals(s, tokens.start(ka), tokens.end(ka), s, tokens.start(kb), tokens.end(kb));
  }

  private boolean isLogger(byte[] s, int pair) {
    int key = Tokens.key(pair);
    return Arrays.equals(s, tokens.start(key), tokens.end(key), SOURCE, 0, SOURCE.length);
  }

  private boolean isThreadId(byte[] s, int pair) {
    int key = Tokens.key(pair);
    int value = Tokens.value(pair);
    return Arrays.equals(s, tokens.start(key), tokens.end(key), THREAD_ID, 0, THREAD_ID.length)
        && Digits.number(s, tokens.start(value), tokens.end(value)) >= 0;
  }
}
