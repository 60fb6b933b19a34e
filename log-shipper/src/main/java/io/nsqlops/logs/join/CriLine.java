package io.nsqlops.logs.join;

/**
 * The envelope of the container runtime: {@code <RFC 3339 time> stdout|stderr F|P[:tags] content}.
 * Positions of the last line scanned.
 */
public final class CriLine implements ContainerLine {
  private static final int TIME_LIMIT = 40;

  private byte[] line = new byte[0];
  private int timeFrom;
  private int timeEnd;
  private int stream;
  private boolean partial;
  private int content;
  private int end;

  @Override
  public boolean scan(byte[] s, int from, int to) {
    int limit = Math.min(to, from + TIME_LIMIT);
    int space = indexOfSpace(s, from, limit);
    if (space - from < 20 || to - space < 9 || s[space + 7] != ' ') {
      return false;
    }
    line = s;
    end = to;
    timeFrom = from;
    timeEnd = space;
    if (!matchesStream(s, space + 1)) {
      return false;
    }
    int flag = space + 8;
    int flagEnd = flag + 1;
    if (flagEnd < to && s[flagEnd] == ':') {
      flagEnd = indexOfSpace(s, flagEnd, to);
    }
    partial = s[flag] == 'P';
    content = Math.min(flagEnd + 1, to);
    return (partial || s[flag] == 'F') && (flagEnd == to || s[flagEnd] == ' ');
  }

  private boolean matchesStream(byte[] s, int at) {
    if (s[at] != 's' || s[at + 1] != 't' || s[at + 2] != 'd') {
      return false;
    }
    boolean out = s[at + 3] == 'o' && s[at + 4] == 'u' && s[at + 5] == 't';
    boolean err = s[at + 3] == 'e' && s[at + 4] == 'r' && s[at + 5] == 'r';
    stream = out ? STDOUT : STDERR;
    return out || err;
  }

  private static int indexOfSpace(byte[] s, int from, int to) {
    int i = from;
    while (i < to && s[i] != ' ') {
      i++;
    }
    return i;
  }

  @Override
  public int timeFrom() {
    return timeFrom;
  }

  @Override
  public int timeEnd() {
    return timeEnd;
  }

  @Override
  public int stream() {
    return stream;
  }

  @Override
  public boolean isPartial() {
    return partial;
  }

  @Override
  public byte[] text() {
    return line;
  }

  @Override
  public int contentFrom() {
    return content;
  }

  @Override
  public int contentEnd() {
    return end;
  }
}
