package io.nsqlops.logs.join;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The envelope of Docker's json-file driver: {@code {"log":"content\n","stream":"stdout","time":
 * "…"}}, with {@code "attrs":{…}} in between if the daemon adds labels. Content without a line end
 * goes on in the next line of its stream.
 *
 * <p>Found under {@code /var/lib/docker/containers}; where kubelet runs Docker (dockershim,
 * cri-dockerd), the files under {@code /var/log/pods} are links to them.
 */
public final class DockerLine implements ContainerLine {
  private static final byte[] LOG = ascii("log");
  private static final byte[] STREAM = ascii("stream");
  private static final byte[] TIME = ascii("time");
  private static final byte[] OUT = ascii("stdout");
  private static final byte[] ERR = ascii("stderr");

  private final JsonString string = new JsonString();
  private int stream;
  private int timeFrom;
  private int timeEnd;
  private boolean partial;
  private int contentEnd;
  private boolean hasLog;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean scan(byte[] s, int from, int to) {
    hasLog = false;
    stream = -1;
    timeEnd = -1;
    if (from >= to || s[from] != '{') {
      return false;
    }
    int at = from;
    do {
      at = member(s, JsonScan.space(s, at + 1, to), to);
    } while (JsonScan.is(s, at, to, ','));
    boolean ended = JsonScan.is(s, at, to, '}') && JsonScan.space(s, at + 1, to) == to;
    return ended && hasLog && stream >= 0 && timeEnd >= 0;
  }

  /** Takes in one key and its value; returns where the next sign is, or -1. */
  private int member(byte[] s, int key, int to) {
    int keyEnd = JsonScan.string(s, key, to);
    int colon = keyEnd < 0 ? -1 : JsonScan.space(s, keyEnd, to);
    if (!JsonScan.is(s, colon, to, ':')) {
      return -1;
    }
    int value = JsonScan.space(s, colon + 1, to);
    int end = isKey(s, key, keyEnd, LOG) ? content(s, value, to) : other(s, key, keyEnd, value, to);
    return end < 0 ? -1 : JsonScan.space(s, end, to);
  }

  private int other(byte[] s, int key, int keyEnd, int value, int to) {
    int end = JsonScan.value(s, value, to);
    boolean text = end > 0 && s[value] == '"';
    if (isKey(s, key, keyEnd, STREAM)) {
      boolean out = text && isKey(s, value, end, OUT);
      boolean err = text && isKey(s, value, end, ERR);
      stream = out ? STDOUT : STDERR;
      return out || err ? end : -1;
    }
    if (isKey(s, key, keyEnd, TIME)) {
      timeFrom = value + 1;
      timeEnd = text ? end - 1 : -1;
      return text ? end : -1;
    }
    return end;
  }

  /** Whether the string from its quote to behind its other quote is this one. */
  private static boolean isKey(byte[] s, int from, int end, byte[] name) {
    return Arrays.equals(s, from + 1, end - 1, name, 0, name.length);
  }

  private int content(byte[] s, int value, int to) {
    int end = string.decode(s, value, to);
    hasLog = end >= 0;
    contentEnd = string.size();
    partial = contentEnd == 0 || string.bytes()[contentEnd - 1] != '\n';
    if (!partial) {
      contentEnd--;
      contentEnd -= contentEnd > 0 && string.bytes()[contentEnd - 1] == '\r' ? 1 : 0;
    }
    return end;
  }

  @Override
  public int stream() {
    return stream;
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
  public boolean isPartial() {
    return partial;
  }

  @Override
  public byte[] text() {
    return string.bytes();
  }

  @Override
  public int contentFrom() {
    return 0;
  }

  @Override
  public int contentEnd() {
    return contentEnd;
  }
}
